import { describe, expect, it } from 'vitest';
import { nearestTestAmong } from '../../../src/coverage/measure/nearest-test.ts';

describe('the nearest test', () => {
  it.each([
    ['src/orders/price.ts', 'test/orders/price.test.ts'],
    ['src/price.js', 'src/price.spec.js'],
    ['shop/price.py', 'tests/test_price.py'],
    ['price.go', 'price_test.go'],
    ['src/main/java/x/Price.java', 'src/test/java/x/PriceTest.java'],
    ['lib/price.rb', 'spec/price_spec.rb'],
    ['lib/price.rb', 'test/spec_price.rb'],
  ])('of %s is %s', (path, test) => {
    expect(nearestTestAmong(['README.md', path, test])(path)).toBe(test);
  });

  it('is the one with most folders in common', () => {
    expect(nearestTestAmong(['test/a/x.test.ts', 'test/b/x.test.ts'])('src/b/x.ts')).toBe('test/b/x.test.ts');
  });

  it('is no helper of all tests', () => {
    expect(nearestTestAmong(['spec/spec_helper.rb', 'lib/helper.rb'])('lib/helper.rb')).toBeUndefined();
  });

  it('is none when no name fits', () => {
    expect(nearestTestAmong(['src/x2.test.ts', 'src/x.ts', 'test/y.test.ts'])('src/x.ts')).toBeUndefined();
  });
});
