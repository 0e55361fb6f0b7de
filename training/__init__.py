"""Training of the models that the package ships; needs the `train` extra, nothing under `src` imports it."""
