"""What stands beside the pages: assets, twins, lists, redirects, the widget, files for web servers."""
