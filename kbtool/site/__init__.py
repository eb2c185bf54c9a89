"""Articles become a help centre: manifest → staged Markdown → engine → post steps → release."""
