it('adds up', () => {
  expect(total([1, 2])).toBe(3);
});

it('is the average of its prices', () => {
  expect(average([1, 3])).toBe(2);
});
