"""The case file in the console: sheets, cases, plans, and the codes that lead to them and away."""
