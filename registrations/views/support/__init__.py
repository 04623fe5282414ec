"""What several pages share: who is behind a personal address, forms that register people, cached forms, limits."""
