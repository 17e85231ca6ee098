-- A chain that is restored gets its people and their rights back, not what was open at the time.
COMMENT ON TABLE tenancy.session IS 'restore: emptied, since people sign in again';
COMMENT ON TABLE tenancy.refresh_token IS 'restore: emptied, since people sign in again';
COMMENT ON TABLE tenancy.spent_state IS 'restore: left, since what was taken stays taken';
COMMENT ON TABLE tenancy.known_device IS 'restore: emptied, since people sign in again';
COMMENT ON TABLE tenancy.sign_in_budget IS 'restore: left, since guesses go on counting';
COMMENT ON TABLE tenancy.password_link IS 'restore: emptied, since a link that was used would open once more';
COMMENT ON TABLE tenancy.mail IS 'restore: emptied, since what was sent would be sent once more';
