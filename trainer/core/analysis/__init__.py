"""What a finished exam says: outcomes in, figures out, each with its n.

Knows neither store nor page. Pretest items count in nothing that scores; a share never comes
without its interval.
"""
