// tests of refunds
