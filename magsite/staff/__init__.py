"""Who gets behind the scenes: signing in, the second factor, limits on guessing, and how long a session lasts.

django-allauth does the work; here stands what the house wants of it. Signing in and everything about one's own account lives under
/beheer/, in the look of the admin.
"""
