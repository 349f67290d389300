"""Courses that come from other programs and go to them: tables (CSV) and calendars (iCalendar).

What comes is read whole before anything is kept: each mistake is named by its line and field, and
with one of them nothing is taken. What was brought before is known again by its id.
"""
