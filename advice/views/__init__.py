"""What readers see and do. Views read a form, call one verb and choose a page; they hold no rules."""
