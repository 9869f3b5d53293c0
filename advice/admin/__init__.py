"""The advisers' desk. Importing this package registers its admin classes.

In these modules `http` is what a browser asks, and `request` what a reader asked.
"""

from advice.admin.incoming_mail import IncomingMailAdmin

__all__ = ["IncomingMailAdmin"]
