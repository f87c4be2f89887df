"""What deploy/install, uninstall and bundle do; with the standard library only."""
