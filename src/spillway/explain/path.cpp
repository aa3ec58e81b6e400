#include "spillway/explain/path.h"

#include <algorithm>
#include <charconv>

namespace spillway::explain {

namespace {

std::vector<std::string> parts_of(std::string_view path) {
  std::vector<std::string> parts;
  while (true) {
    const std::size_t slash = path.find('/');
    parts.emplace_back(path.substr(0, slash));
    if (slash == std::string_view::npos) return parts;
    path.remove_prefix(slash + 1);
  }
}

std::optional<double> as_number(std::string_view text) {
  if (text.ends_with('%')) text.remove_suffix(1);
  double number = 0.0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return number;
}

bool same(const std::string& asked, const std::string& known) {
  if (asked == known) return true;
  const auto a = as_number(asked), b = as_number(known);
  return a && b && *a == *b;
}

std::string joined(const std::vector<std::string>& parts, std::size_t from, std::size_t count) {
  std::string text;
  for (std::size_t i = from; i < from + count; ++i) text += (i > from ? "/" : "") + parts[i];
  return text;
}

// How far a path fits a shape: keys found, and whether all of it does.
struct Fit {
  std::vector<std::string> keys;
  std::size_t used = 1;  // parts, the table among them
  bool whole = false;
};

// Keys may hold slashes: each way to cut the path is tried, the shortest keys first.
Fit fit_from(const Shape& shape, const std::vector<std::string>& parts, Fit so_far) {
  const std::size_t level = so_far.keys.size();
  if (level == shape.keys.size()) {
    const auto& columns = shape.columns;
    so_far.whole = so_far.used + 1 == parts.size() && std::find(columns.begin(), columns.end(), parts.back()) != columns.end();
    return so_far;
  }
  Fit best = so_far;
  for (std::size_t count = 1; so_far.used + count <= parts.size(); ++count) {
    const std::string asked = joined(parts, so_far.used, count);
    const auto& values = shape.keys[level].values;
    const auto found = std::find_if(values.begin(), values.end(), [&](const std::string& known) { return same(asked, known); });
    if (found == values.end()) continue;
    Fit next = so_far;
    next.keys.push_back(*found);
    next.used += count;
    next = fit_from(shape, parts, std::move(next));
    if (next.whole) return next;
    if (next.keys.size() > best.keys.size()) best = std::move(next);
  }
  return best;
}

std::string grammar(const Shape& shape) {
  std::string text = shape.table;
  for (const Key& key : shape.keys) text += "/<" + key.name + ">";
  return text + "/<column>";
}

// What is wrong with a path that fits the shape as far as `fit`.
void add_misses(const Shape& shape, const std::vector<std::string>& parts, const Fit& fit, const result::Location& where,
                std::vector<result::Issue>& issues) {
  // With as many parts as the shape has, each can be held against what it stands for.
  const bool plain = parts.size() == shape.keys.size() + 2;
  for (std::size_t k = plain ? 0 : fit.keys.size(); k < shape.keys.size(); ++k) {
    const Key& key = shape.keys[k];
    const std::size_t at = plain ? k + 1 : fit.used;
    if (at >= parts.size()) break;
    const std::string& asked = parts[at];
    if (std::any_of(key.values.begin(), key.values.end(), [&](const auto& known) { return same(asked, known); })) continue;
    issues.push_back(result::error(where, "no " + key.name + " of " + shape.table + " is " + asked, result::suggestion(asked, key.values)));
    if (!plain) break;
  }
  const bool keys_fit = fit.keys.size() == shape.keys.size();
  if (std::find(shape.columns.begin(), shape.columns.end(), parts.back()) == shape.columns.end() && (plain || keys_fit)) {
    issues.push_back(result::error(where, shape.table + " has no column " + parts.back(), result::suggestion(parts.back(), shape.columns)));
  }
}

}  // namespace

namespace {

// Adds the continuations of `start` by a shape whose first parts, so far as they are given, are `before`.
void add_continuations(const Shape& shape, std::size_t level, const std::string& before, std::string_view start, std::vector<std::string>& found) {
  const bool last = level == shape.keys.size();
  for (const std::string& part : last ? shape.columns : shape.keys[level].values) {
    const std::string path = before + part + (last ? "" : "/");
    if (!last && start.starts_with(path)) add_continuations(shape, level + 1, path, start, found);
    else if (path.starts_with(start) && std::find(found.begin(), found.end(), path) == found.end()) found.push_back(path);
  }
}

}  // namespace

std::vector<std::string> continuations(const Source& source, std::string_view start) {
  std::vector<std::string> found;
  for (const Shape& shape : shapes(source, start.substr(0, start.find('/')))) {
    const std::string path = shape.table + "/";
    if (start.starts_with(path)) add_continuations(shape, 0, path, start, found);
    else if (path.starts_with(start) && std::find(found.begin(), found.end(), path) == found.end()) found.push_back(path);
  }
  return found;
}

std::string Question::path() const {
  std::string text = table;
  for (const std::string& key : keys) text += "/" + key;
  return text + "/" + column;
}

result::Result<Question> ask(const Source& source, std::string_view path) {
  const std::vector<std::string> parts = parts_of(path);
  const std::vector<Shape> all = shapes(source, parts.front());
  const result::Location where{"PATH", 0, 0};
  std::vector<std::string> tables;
  const Shape* nearest = nullptr;
  Fit furthest;
  for (const Shape& shape : all) {
    if (std::find(tables.begin(), tables.end(), shape.table) == tables.end()) tables.push_back(shape.table);
    if (shape.table != parts.front()) continue;
    Fit fit = fit_from(shape, parts, {});
    if (fit.whole) return {Question{shape.table, std::move(fit.keys), parts.back()}, {}};
    const bool right_length = parts.size() == shape.keys.size() + 2;
    if (nearest == nullptr || fit.keys.size() > furthest.keys.size() || (fit.keys.empty() && furthest.keys.empty() && right_length)) {
      nearest = &shape;
      furthest = std::move(fit);
    }
  }
  if (nearest == nullptr) {
    return {std::nullopt, {result::error(where, "no table is called " + parts.front(), result::suggestion(parts.front(), tables))}};
  }
  std::vector<result::Issue> issues;
  add_misses(*nearest, parts, furthest, where, issues);
  for (result::Issue& issue : issues) issue.remedy += (issue.remedy.empty() ? "" : "; ") + std::string("a path is ") + grammar(*nearest);
  if (issues.empty()) {
    const Key* next = furthest.keys.size() < nearest->keys.size() ? &nearest->keys[furthest.keys.size()] : nullptr;
    issues.push_back(result::error(where, std::string(path) + " is no whole path: it is " + grammar(*nearest),
                                   next != nullptr ? next->name + " is one of: " + result::suggestion("", next->values)
                                                   : "the column is one of: " + result::suggestion("", nearest->columns)));
  }
  return {std::nullopt, std::move(issues)};
}

}  // namespace spillway::explain
