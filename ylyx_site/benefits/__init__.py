"""Benefits: public money and discounts as rules that are data, quoted line by line."""
