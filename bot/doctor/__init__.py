"""The doctor of a deployment: names what is unsafe or broken, with its fix."""
