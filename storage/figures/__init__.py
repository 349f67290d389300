"""The figures that a network answers for, each with definition, numerator and denominator."""
