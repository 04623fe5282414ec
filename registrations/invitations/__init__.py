"""Sessions by invitation: staff invite, invited people answer, others ask to be let in."""
