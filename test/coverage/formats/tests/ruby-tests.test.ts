import { describe, expect, it } from 'vitest';
import { rubyLines } from '../../../../src/coverage/formats/tests/ruby-lines.ts';
import { rubyTests } from '../../../../src/coverage/formats/tests/ruby-tests.ts';

function seen(text: string) {
  return rubyTests(text).map(({ name, assertions, state }) => [name, assertions, state]);
}

describe('the tests of an RSpec file', () => {
  it('are not its helpers: Minitest calls a method without parameters', () => {
    const text =
      'class MapTest < Minitest::Test\n  def test_layer(name)\n    click(name)\n  end\n  def test_all *names\n  end\n  def test_it()\n    assert 1\n  end\nend\n';
    expect(seen(text)).toEqual([['MapTest < Minitest::Test > test_it', 1, 'runs']]);
  });

  it('are no methods of a module, which are called by what includes it', () => {
    const method = '    def test_login\n      assert 1\n    end\n';
    expect(seen(`module LoginHelpers\n${method}end\n`)).toEqual([]);
    expect(seen(`module Support\n  module Login\n${method}  end\nend\n`)).toEqual([]);
    expect(seen(`module Login\n  class << self\n${method}  end\nend\n`)).toEqual([]);
    expect(seen(`module Shop\n  class LoginTest < Minitest::Test\n${method}  end\nend\n`)).toHaveLength(1);
    expect(seen(`module SharedLoginTests\n${method}end\n`), 'which others share').toHaveLength(1);
    expect(seen(method), 'a part of a file').toHaveLength(1);
  });

  it('have their blocks before their title, and count what they check', () => {
    const text = `
RSpec.describe Cart, type: :model do
  let(:cart) { described_class.new }

  # it "is commented out" do
  describe '#total' do
    it "adds up" do
      expect(cart.total).to eq(3)
      cart.items.should_not be_empty
      puts "expect(nothing)" # expect(this)
    end

    it { is_expected.to be_valid }
    its(:size) { should eq 1 }
  end

  context "when empty" do
    specify "is zero" do |example|
      expect { cart.pay! }
        .to raise_error(Empty)
    end
  end
end
`;
    expect(seen(text)).toEqual([
      ['Cart, type: :model > #total > adds up', 2, 'runs'],
      ['Cart, type: :model > #total > ', 1, 'runs'],
      ['Cart, type: :model > #total > (:size)', 1, 'runs'],
      ['Cart, type: :model > when empty > is zero', 1, 'runs'],
    ]);
    expect(rubyTests(text)[0]?.lines).toEqual({ start: 7, end: 11 });
  });

  it.each([
    ["it 'a' do\n  f\nend", 'runs'],
    ["xit 'a' do\n  f\nend", 'skipped'],
    ["fit 'a' do\n  f\nend", 'focused'],
    ["it 'a', :skip do\n  f\nend", 'skipped'],
    ["it 'a', skip: 'flaky' do\n  f\nend", 'skipped'],
    ["it 'a', skip: false do\n  f\nend", 'runs'],
    ["it 'a', :focus do\n  f\nend", 'focused'],
    ["pending 'a' do\n  f\nend", 'skipped'],
    ["it 'a' do\n  skip 'flaky'\n  f\nend", 'skipped'],
    ["it 'a' do\n  skip 'flaky' if windows?\n  f\nend", 'runs'],
    ["it 'a' do\n  if windows?\n    skip 'flaky'\n  end\nend", 'runs'],
    ["xdescribe 'b' do\n  it 'a' do\n    f\n  end\nend", 'skipped'],
    ["fcontext 'b' do\n  it 'a' do\n    f\n  end\nend", 'focused'],
  ])('%j is %s', (text, state) => {
    expect(rubyTests(text).map((one) => [one.name.replace('b > ', ''), one.state])).toEqual([['a', state]]);
  });

  it('are methods and blocks of Minitest too', () => {
    const text = `class CartTest < Minitest::Test
  def test_total
    assert_equal 3, @cart.total
    refute @cart.empty?
  end

  test "is paid" do
    assert @cart.paid?
  end

  should "be sent" do
    assert @cart.sent?
  end

  should belong_to(:customer)

  def helper
    assert true
  end
end`;
    expect(seen(text)).toEqual([
      ['CartTest < Minitest::Test > test_total', 2, 'runs'],
      ['CartTest < Minitest::Test > is paid', 1, 'runs'],
      ['CartTest < Minitest::Test > be sent', 1, 'runs'],
      ['CartTest < Minitest::Test > belong_to(:customer)', 1, 'runs'],
    ]);
  });

  it.each([
    ["# it 'a' do\n#   f\n# end"],
    ["=begin\nit 'a' do\nend\n=end"],
    ["x = <<~RUBY\n  it 'a' do\n    f\n  end\nRUBY"],
    ["__END__\nit 'a' do\nend"],
    ['"\nit = 3'],
    ["foo.it 'a' do\nend"],
    ['it = 1'],
    ['def it(name)\nend'],
  ])('%j is none', (text) => {
    expect(rubyTests(text)).toEqual([]);
  });

  it('have another body when a here-document in them changes, and the same when a comment does', () => {
    const body = (text: string) =>
      rubyTests(`it 'a' do\n  f(<<~X)\n    ${text}\n  X\n  g # why\nend`)[0]?.body;
    expect(body('one')).not.toBe(body('two'));
    expect(rubyTests("it 'a' do\n  g # why\nend")[0]?.body).toBe(rubyTests("it 'a' do\n  g\nend")[0]?.body);
  });
});

describe('the lines of a Ruby file', () => {
  it.each([
    ['x = "a # b" # c', 'x = ""'],
    ["x = 'it\\'s' + y", 'x = "" + y'],
    ['x = "#{f("a")} b" if y', 'x = "" if y'],
    ['x = %w[a b] + %q(c (d) e)', 'x = "" + ""'],
    ['x =~ /it "a" do/', 'x =~ ""'],
    ['x = a / b / c', 'x = a / b / c'],
    ['x = a % b', 'x = a % b'],
  ])('%j is read as %j', (line, code) => {
    expect(rubyLines(line).map((one) => one.code)).toEqual([code]);
  });

  it('are read in time that grows with the text', () => {
    const started = performance.now();
    for (const text of ['{', '"', "'", '#{', '%w[', 'it do ', 'it {', '<<A ', '/', '\\'])
      rubyTests(`it "a" do\n  ${text.repeat(20_000 / text.length)}\nend`);
    rubyTests('it "a" do\n'.repeat(5_000));
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});
