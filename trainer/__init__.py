"""Clean Claim: an exam trainer for medical coders and billers.

Imports go down only:
web | cli → bootstrap → services → persistence | banks | codesets → core | config.
"""
