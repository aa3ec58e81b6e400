#include "spillway/deal/expression_text.h"

#include <charconv>
#include <chrono>
#include <cmath>
#include <cstdio>

#include "spillway/calendar/calendar.h"

namespace spillway::deal {

namespace {

// How strongly an expression holds together; brackets go around what holds less than its place asks for.
int strength(const Expression& e) {
  switch (e.kind) {
    case Expression::Kind::binary:
      if (e.name == "or") return 1;
      if (e.name == "and") return 2;
      if (e.name == "+" || e.name == "-") return 5;
      if (e.name == "*" || e.name == "/") return 6;
      return 4;
    case Expression::Kind::unary: return e.name == "not" ? 3 : 7;
    default: return 8;
  }
}

std::string number_text(double value) {
  char text[64];
  const auto end = std::to_chars(text, text + sizeof text, value, std::chars_format::fixed).ptr;
  return {text, end};
}

std::string percent_text(double value) {
  char text[64];
  const double percent = 100.0 * value;
  std::snprintf(text, sizeof text, std::abs(percent * 100.0 - std::round(percent * 100.0)) < 1e-7 ? "%.2f%%" : "%.6g%%", percent);
  return text;
}

std::string date_text(double days) {
  return calendar::to_iso(calendar::Date{std::chrono::sys_days{std::chrono::days{static_cast<int>(days)}}});
}

std::string within(const Expression& e, int needed) {
  const std::string text = to_text(e);
  return strength(e) < needed ? "(" + text + ")" : text;
}

std::string call_text(const Expression& e) {
  std::string text = e.name + "(";
  for (std::size_t i = 0; i < e.arguments.size(); ++i) text += (i > 0 ? ", " : "") + to_text(e.arguments[i]);
  return text + ")";
}

}  // namespace

std::string to_text(const Expression& e) {
  switch (e.kind) {
    case Expression::Kind::number: return number_text(e.value);
    case Expression::Kind::percent: return percent_text(e.value);
    case Expression::Kind::date: return date_text(e.value);
    case Expression::Kind::name: return e.name;
    case Expression::Kind::call: return call_text(e);
    case Expression::Kind::unary:
      return (e.name == "not" ? "not " : e.name) + within(e.arguments[0], strength(e));
    case Expression::Kind::binary: break;
  }
  const int own = strength(e);
  return within(e.arguments[0], own) + " " + e.name + " " + within(e.arguments[1], own + 1);
}

std::vector<Expression> least_of(const Expression& e) {
  if (e.kind != Expression::Kind::call || e.name != "min") return {e};
  std::vector<Expression> all;
  for (const Expression& argument : e.arguments) {
    for (Expression& part : least_of(argument)) all.push_back(std::move(part));
  }
  return all;
}

}  // namespace spillway::deal
