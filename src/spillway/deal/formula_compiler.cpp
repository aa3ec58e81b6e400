#include <algorithm>
#include <cctype>

#include "spillway/deal/formula.h"

namespace spillway::deal {

namespace {

using result::Issue;
using result::Location;

struct Operator {
  std::string_view name;
  Op op;
};

constexpr Operator kOperators[] = {
    {"+", Op::add},        {"-", Op::subtract},       {"*", Op::multiply}, {"/", Op::divide},
    {"<", Op::less},       {"<=", Op::less_equal},    {">", Op::greater},  {">=", Op::greater_equal},
    {"==", Op::equal},     {"!=", Op::not_equal},     {"and", Op::both},   {"or", Op::either}};

Op operator_of(std::string_view name) {
  return std::find_if(std::begin(kOperators), std::end(kOperators), [&](const Operator& o) { return o.name == name; })->op;
}

// Quantities that move are written out where they are used; each use of a use doubles the length.
constexpr std::size_t kLongestProgram = 20'000;

bool is_ratio(Type type) { return type == Type::rate || type == Type::number; }

// A value on the way up the tree. `literal`: a number written without a unit, which may still become money, and,
// if it is zero, a rate.
struct Typed {
  Type type = Type::number;
  bool literal = false;
  bool zero = false;
  bool broken = false;  // already reported
};

class Compiler {
 public:
  Compiler(const Location& where, const Lookup& lookup, const std::vector<std::string>& known)
      : where_(where), lookup_(lookup), known_(known) {}

  Typed visit(const Expression& e) {
    switch (e.kind) {
      case Expression::Kind::number: emit({Op::constant, 0, e.value}); return {Type::number, true, e.value == 0.0};
      case Expression::Kind::percent: emit({Op::constant, 0, e.value}); return {Type::rate};
      case Expression::Kind::date: emit({Op::constant, 0, e.value}); return {Type::date};
      case Expression::Kind::name: return name(e);
      case Expression::Kind::call: return call(e);
      case Expression::Kind::unary: return unary(e);
      case Expression::Kind::binary: return binary(e);
    }
    return {};
  }

  std::vector<Issue> issues;
  Program program;
  bool live = false;

 private:
  void emit(Instruction instruction) { program.code.push_back(instruction); }

  Typed broken(const Expression& e, std::string what, std::string remedy = {}) {
    Location at = where_;
    at.column += e.offset;
    issues.push_back(result::error(at, std::move(what), std::move(remedy)));
    Typed typed;
    typed.broken = true;
    return typed;
  }

  Typed name(const Expression& e) {
    const auto symbol = lookup_(e.name);
    if (!symbol) return broken(e, "nothing is called " + e.name, result::suggestion(e.name, known_));
    live = live || symbol->live;
    if (symbol->inlined) {
      if (program.code.size() + symbol->inlined->code.size() > kLongestProgram) {
        return broken(e, "the formula is too long once the quantities it uses are written out",
                      "fix one of them for the day with 'before'");
      }
      program.code.insert(program.code.end(), symbol->inlined->code.begin(), symbol->inlined->code.end());
    } else {
      emit({Op::slot, symbol->slot, 0});
    }
    Typed typed;
    typed.type = symbol->type;
    typed.literal = symbol->literal;
    typed.zero = symbol->zero;
    typed.broken = symbol->broken;
    return typed;
  }

  Typed unary(const Expression& e) {
    const Typed inner = visit(e.arguments[0]);
    if (inner.broken) return inner;
    emit({e.name == "not" ? Op::negation : Op::negate, 0, 0});
    if (e.name == "not" && inner.type != Type::condition) {
      return broken(e, "'not' takes a condition, not " + described(inner));
    }
    if (e.name == "-" && (inner.type == Type::condition || inner.type == Type::date)) {
      return broken(e, "the sign of " + described(inner) + " cannot be changed");
    }
    return inner;
  }

  static std::string described(const Typed& typed) { return "a " + std::string(type_name(typed.type)); }

  // The type two operands share, where a bare number gives way to money, and a ratio serves as a rate.
  static std::optional<Typed> shared(const Typed& a, const Typed& b) {
    if (a.type == b.type) return Typed{a.type, a.literal && b.literal, a.zero && b.zero};
    if (a.literal && b.type == Type::money) return Typed{Type::money};
    if (b.literal && a.type == Type::money) return Typed{Type::money};
    if (is_ratio(a.type) && is_ratio(b.type)) {
      const Typed& number = a.type == Type::number ? a : b;
      if (number.literal && !number.zero) return std::nullopt;  // 0.35 beside a rate: percent forgotten?
      return Typed{Type::rate};
    }
    return std::nullopt;
  }

  Typed clash(const Expression& e, const Typed& a, const Typed& b) {
    std::string remedy;
    if (is_ratio(a.type) && is_ratio(b.type)) remedy = "write the rate with a percent sign, as in 0.35%";
    return broken(e, "'" + e.name + "' joins " + described(a) + " and " + described(b), remedy);
  }

  Typed binary(const Expression& e) {
    const Typed a = visit(e.arguments[0]);
    const Typed b = visit(e.arguments[1]);
    emit({operator_of(e.name), 0, 0});
    if (a.broken || b.broken) {
      Typed typed;
      typed.broken = true;
      return typed;
    }
    if (e.name == "and" || e.name == "or") {
      if (a.type != Type::condition || b.type != Type::condition) return clash(e, a, b);
      return {Type::condition};
    }
    if (e.name == "*") return product(e, a, b);
    if (e.name == "/") return quotient(e, a, b);
    if (e.name == "+" || e.name == "-") return sum(e, a, b);
    const auto common = shared(a, b);
    if (!common || a.type == Type::condition) return clash(e, a, b);
    return {Type::condition};
  }

  Typed sum(const Expression& e, const Typed& a, const Typed& b) {
    if (a.type == Type::date && b.type == Type::number) return {Type::date};  // days later or earlier
    if (a.type == Type::date && b.type == Type::date && e.name == "-") return {Type::number};
    const auto common = shared(a, b);
    if (!common || a.type == Type::condition || a.type == Type::date) return clash(e, a, b);
    return *common;
  }

  Typed product(const Expression& e, const Typed& a, const Typed& b) {
    if (a.type == Type::money && is_ratio(b.type)) return {Type::money};
    if (is_ratio(a.type) && b.type == Type::money) return {Type::money};
    if (!is_ratio(a.type) || !is_ratio(b.type)) return clash(e, a, b);
    if (a.literal && b.literal) return {Type::number, true, a.zero || b.zero};
    return {a.type == Type::number && b.type == Type::number ? Type::number : Type::rate};
  }

  Typed quotient(const Expression& e, const Typed& a, const Typed& b) {
    if (a.type == Type::money && b.type == Type::money) return {Type::number};
    if (a.type == Type::money && is_ratio(b.type)) return {Type::money};
    if (!is_ratio(a.type) || !is_ratio(b.type)) return clash(e, a, b);
    if (a.literal && b.literal) return {Type::number, true, a.zero};
    return {a.type == Type::rate && b.type == Type::number ? Type::rate : Type::number};
  }

  Typed call(const Expression& e) {
    static const std::vector<std::string> functions{"min", "max", "if", "abs"};
    if (e.name == "if") return choice(e);
    if (e.name == "abs" && e.arguments.size() == 1) {
      const Typed inner = visit(e.arguments[0]);
      emit({Op::absolute, 0, 0});
      if (!inner.broken && (inner.type == Type::condition || inner.type == Type::date)) {
        return broken(e, "abs takes an amount, not " + described(inner));
      }
      return inner;
    }
    if (e.name == "min" || e.name == "max") return extreme(e);
    for (const Expression& argument : e.arguments) visit(argument);
    if (e.name == "abs") return broken(e, "abs takes one argument");
    return broken(e, "no function is called " + e.name, result::suggestion(e.name, functions));
  }

  Typed choice(const Expression& e) {
    if (e.arguments.size() != 3) return broken(e, "if takes three arguments", "write if(condition, value, otherwise)");
    const Typed condition = visit(e.arguments[0]);
    const Typed a = visit(e.arguments[1]);
    const Typed b = visit(e.arguments[2]);
    emit({Op::choose, 0, 0});
    if (condition.broken || a.broken || b.broken) return condition.broken ? condition : a.broken ? a : b;
    if (condition.type != Type::condition) {
      return broken(e.arguments[0], "the first argument of if must be a condition, not " + described(condition));
    }
    const auto common = shared(a, b);
    return common ? *common : clash(e, a, b);
  }

  Typed extreme(const Expression& e) {
    if (e.arguments.size() < 2) return broken(e, e.name + " takes two arguments or more");
    Typed all = visit(e.arguments[0]);
    for (std::size_t i = 1; i < e.arguments.size(); ++i) {
      const Typed next = visit(e.arguments[i]);
      emit({e.name == "min" ? Op::minimum : Op::maximum, 0, 0});
      if (all.broken || next.broken) {
        all.broken = true;
        continue;
      }
      const auto common = shared(all, next);
      if (!common || all.type == Type::condition) return clash(e, all, next);
      all = *common;
    }
    return all;
  }

  Location where_;
  const Lookup& lookup_;
  const std::vector<std::string>& known_;
};

// The most values the program holds at once.
int depth_of(const Program& program) {
  int depth = 0, most = 0;
  for (const Instruction& step : program.code) {
    switch (step.op) {
      case Op::constant:
      case Op::slot: ++depth; break;
      case Op::negate:
      case Op::absolute:
      case Op::negation: break;
      case Op::choose: depth -= 2; break;
      default: --depth;
    }
    most = std::max(most, depth);
  }
  return most;
}

}  // namespace

std::string_view type_name(Type type) {
  switch (type) {
    case Type::money: return "money amount";
    case Type::rate: return "rate";
    case Type::number: return "number";
    case Type::date: return "date";
    case Type::condition: return "condition";
  }
  return "";
}

result::Result<Compiled> compile(const Expression& expression, const Location& where, const Lookup& lookup,
                                 const std::vector<std::string>& known) {
  Compiler compiler(where, lookup, known);
  const Typed typed = compiler.visit(expression);
  if (compiler.issues.empty() && depth_of(compiler.program) > kStackDepth) {
    compiler.issues.push_back(result::error(where, "the formula is nested too deeply", "split it into quantities"));
  }
  result::Result<Compiled> compiled;
  compiled.issues = std::move(compiler.issues);
  if (compiled.issues.empty() && !typed.broken) {
    compiled.value = Compiled{std::move(compiler.program), typed.type, compiler.live, typed.literal, typed.literal && typed.zero};
  }
  return compiled;
}

std::optional<Issue> mismatch(const Compiled& compiled, Type wanted, const Text& text) {
  const bool ratio = is_ratio(compiled.type) && is_ratio(wanted);
  if (wanted == Type::money && compiled.literal) return std::nullopt;
  if (wanted == Type::rate && compiled.literal && !compiled.zero) {
    const bool is_name = std::isalpha(static_cast<unsigned char>(text.text.front())) != 0;
    return result::error(text.where, "'" + text.text + "' stands where a rate is due, without a percent sign",
                         is_name ? "define " + text.text + " as a rate, as in 0.35%"
                                 : "write " + text.text + "% if percent is meant");
  }
  if (compiled.type == wanted || ratio) return std::nullopt;
  return result::error(text.where, "'" + text.text + "' is a " + std::string(type_name(compiled.type)) + "; a " +
                                       std::string(type_name(wanted)) + " is due here");
}

void for_each_name(const Expression& expression, const std::function<void(const std::string&, int)>& use) {
  if (expression.kind == Expression::Kind::name) use(expression.name, expression.offset);
  for (const Expression& argument : expression.arguments) for_each_name(argument, use);
}

}  // namespace spillway::deal
