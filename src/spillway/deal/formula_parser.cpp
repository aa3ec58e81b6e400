#include <cctype>
#include <charconv>
#include <chrono>

#include "spillway/calendar/calendar.h"
#include "spillway/deal/formula.h"

namespace spillway::deal {

namespace {

struct Fault {
  int offset;
  std::string what;
  std::string remedy;
};

bool is_name_start(char c) { return std::isalpha(static_cast<unsigned char>(c)) || c == '_'; }
bool is_digit(char c) { return std::isdigit(static_cast<unsigned char>(c)) != 0; }
bool is_name_part(char c) { return is_name_start(c) || is_digit(c); }

// Parsing, typing and freeing a formula recurse: these bounds keep a hostile one from running out of stack.
constexpr int kDeepest = 100;      // parentheses, signs and functions inside one another
constexpr int kMostParts = 2'000;  // numbers, names and operators

// Recursive descent, loosest first: or, and, not, comparison, sum, product, sign, value.
class Parser {
 public:
  Parser(std::string_view text, const std::vector<std::string>& hyphenated) : text_(text), hyphenated_(hyphenated) {}

  Expression parse() {
    Expression whole = alternative();
    skip_space();
    if (at_ < text_.size()) fault("'" + std::string(1, text_[at_]) + "' is not expected here", "remove it, or write an operator before it");
    return whole;
  }

 private:
  [[noreturn]] void fault(std::string what, std::string remedy = {}) const {
    throw Fault{static_cast<int>(at_), std::move(what), std::move(remedy)};
  }

  // Holds one level of nesting while it lives.
  class Level {
   public:
    explicit Level(Parser& parser) : parser_(parser) {
      if (++parser_.depth_ > kDeepest) parser_.fault("the formula is nested too deeply", "split it into quantities");
    }
    ~Level() { --parser_.depth_; }
    Level(const Level&) = delete;
    Level& operator=(const Level&) = delete;

   private:
    Parser& parser_;
  };

  void count_part() {
    if (++parts_ > kMostParts) fault("the formula is too long", "split it into quantities");
  }

  void skip_space() {
    while (at_ < text_.size() && std::isspace(static_cast<unsigned char>(text_[at_]))) ++at_;
  }

  bool take(std::string_view symbol) {
    skip_space();
    if (text_.substr(at_, symbol.size()) != symbol) return false;
    at_ += symbol.size();
    return true;
  }

  bool take_word(std::string_view word) {
    skip_space();
    if (text_.substr(at_, word.size()) != word) return false;
    const std::size_t after = at_ + word.size();
    if (after < text_.size() && (is_name_part(text_[after]) || text_[after] == '.')) return false;
    at_ = after;
    return true;
  }

  int here() {
    skip_space();
    return static_cast<int>(at_);
  }

  Expression binary(std::string op, int offset, Expression left, Expression right) {
    count_part();
    Expression e{Expression::Kind::binary, 0, std::move(op), {}, offset};
    e.arguments.push_back(std::move(left));
    e.arguments.push_back(std::move(right));
    return e;
  }

  Expression alternative() {
    const Level level(*this);
    Expression left = conjunction();
    for (int offset = here(); take_word("or"); offset = here()) left = binary("or", offset, std::move(left), conjunction());
    return left;
  }

  Expression conjunction() {
    Expression left = negation();
    for (int offset = here(); take_word("and"); offset = here()) left = binary("and", offset, std::move(left), negation());
    return left;
  }

  Expression negation() {
    const int offset = here();
    if (!take_word("not")) return comparison();
    const Level level(*this);
    Expression e{Expression::Kind::unary, 0, "not", {}, offset};
    e.arguments.push_back(negation());
    return e;
  }

  Expression comparison() {
    Expression left = sum();
    const int offset = here();
    for (const char* op : {"<=", ">=", "==", "!=", "<", ">"}) {
      if (take(op)) return binary(op, offset, std::move(left), sum());
    }
    if (take("=")) fault("'=' does not compare", "write == to test for equality");
    return left;
  }

  Expression sum() {
    Expression left = product();
    for (;;) {
      const int offset = here();
      if (take("+")) left = binary("+", offset, std::move(left), product());
      else if (take("-")) left = binary("-", offset, std::move(left), product());
      else return left;
    }
  }

  Expression product() {
    Expression left = sign();
    for (;;) {
      const int offset = here();
      if (take("*")) left = binary("*", offset, std::move(left), sign());
      else if (take("/")) left = binary("/", offset, std::move(left), sign());
      else return left;
    }
  }

  Expression sign() {
    const int offset = here();
    if (!take("-")) return value();
    const Level level(*this);
    Expression e{Expression::Kind::unary, 0, "-", {}, offset};
    e.arguments.push_back(sign());
    return e;
  }

  Expression value() {
    count_part();
    skip_space();
    if (at_ >= text_.size()) fault("the formula ends too early", "complete it");
    if (take("(")) {
      Expression inside = alternative();
      if (!take(")")) fault("a closing parenthesis is missing", "add ')'");
      return inside;
    }
    if (is_digit(text_[at_]) || text_[at_] == '.') return literal();
    if (is_name_start(text_[at_])) return name_or_call();
    fault("'" + std::string(1, text_[at_]) + "' is not expected here", "a number, a rate, a date or a name goes here");
  }

  Expression literal() {
    const auto offset = static_cast<int>(at_);
    if (const auto date = calendar::parse_date(text_.substr(at_, 10))) {
      at_ += 10;
      const double days = static_cast<double>(std::chrono::sys_days{*date}.time_since_epoch().count());
      return {Expression::Kind::date, days, {}, {}, offset};
    }
    std::string digits;
    std::size_t end = at_;
    for (; end < text_.size() && (is_digit(text_[end]) || text_[end] == '.' || text_[end] == '_'); ++end) {
      if (text_[end] != '_') digits += text_[end];
    }
    double number = 0;
    const auto [stop, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (error != std::errc{} || stop != digits.data() + digits.size()) fault("'" + digits + "' is not a number");
    at_ = end;
    if (at_ < text_.size() && text_[at_] == '%') {
      ++at_;
      return {Expression::Kind::percent, number / 100.0, {}, {}, offset};
    }
    if (at_ < text_.size() && is_name_start(text_[at_])) fault("a number runs into a name", "write an operator between them");
    return {Expression::Kind::number, number, {}, {}, offset};
  }

  // The longest name with a hyphen in it that stands here.
  std::size_t hyphenated_length() const {
    std::size_t longest = 0;
    for (const std::string& name : hyphenated_) {
      if (name.size() <= longest || text_.substr(at_, name.size()) != name) continue;
      const std::size_t after = at_ + name.size();
      if (after >= text_.size() || !is_name_part(text_[after])) longest = name.size();
    }
    return longest;
  }

  std::string dotted_name() {
    const std::size_t begin = at_;
    at_ += hyphenated_length();
    for (;;) {
      while (at_ < text_.size() && is_name_part(text_[at_])) ++at_;
      if (at_ + 1 >= text_.size() || text_[at_] != '.' || !is_name_start(text_[at_ + 1])) break;
      ++at_;
      at_ += hyphenated_length();
    }
    return std::string(text_.substr(begin, at_ - begin));
  }

  Expression name_or_call() {
    const auto offset = static_cast<int>(at_);
    Expression e{Expression::Kind::name, 0, dotted_name(), {}, offset};
    if (!take("(")) return e;
    e.kind = Expression::Kind::call;
    do {
      e.arguments.push_back(alternative());
    } while (take(","));
    if (!take(")")) fault("a closing parenthesis is missing after the arguments of " + e.name, "add ')'");
    return e;
  }

  std::string_view text_;
  const std::vector<std::string>& hyphenated_;
  std::size_t at_ = 0;
  int depth_ = 0;
  int parts_ = 0;
};

}  // namespace

result::Result<Expression> parse_formula(const Text& text, const std::vector<std::string>& hyphenated) {
  try {
    return {Parser(text.text, hyphenated).parse(), {}};
  } catch (const Fault& fault) {
    result::Location where = text.where;
    where.column += fault.offset;
    constexpr std::size_t kShown = 80;
    const std::string shown = text.text.size() > kShown ? text.text.substr(0, kShown) + "..." : text.text;
    return {std::nullopt, {result::error(where, "in '" + shown + "': " + fault.what, fault.remedy)}};
  }
}

}  // namespace spillway::deal
