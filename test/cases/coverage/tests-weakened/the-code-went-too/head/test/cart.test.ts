it('adds up', () => {
  expect(total([1, 2])).toBe(3);
});
