"""The operators' day: who comes and who cannot, when a desk gives times, and who takes one."""
