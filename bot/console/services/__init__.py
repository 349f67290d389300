"""The directory of services, as operators look after it."""
