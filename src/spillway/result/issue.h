#pragma once
// Problems as values: what is wrong, where, and how to mend it.

#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace spillway::result {

/// A place in an input file. Line and column count from 1; 0 means "the file as a whole".
struct Location {
  std::string file;
  int line = 0;
  int column = 0;
};

enum class Severity { warning, error };

/// One problem in an input. `what` says what is wrong, `remedy` how to mend it (may be empty).
struct Issue {
  Severity severity = Severity::error;
  Location where;
  std::string what;
  std::string remedy;
};

/// Makes an error-severity issue.
Issue error(Location where, std::string what, std::string remedy = {});

/// Makes a warning: legal, worth a look, never stops a run.
Issue warning(Location where, std::string what, std::string remedy = {});

/// Writes `file:line:column: error: what; remedy`, leaving out what is unknown.
std::string to_text(const Issue& issue);

/// True if any issue is an error.
bool has_errors(std::span<const Issue> issues);

/// Appends `more` to `issues`.
void append(std::vector<Issue>& issues, std::vector<Issue> more);

/// The candidate most like `name` (case ignored, edit distance at most a third of its length), if any.
std::optional<std::string> nearest(std::string_view name, std::span<const std::string> candidates);

/// "did you mean X?", or else "known: a, b, c" (a long list is cut).
std::string suggestion(std::string_view name, std::span<const std::string> candidates);

/// A value together with the issues met while making it: partial success.
template <class T>
struct WithIssues {
  T value{};
  std::vector<Issue> issues;
};

/// A value, or the errors for want of which there is none. Warnings may stand beside a value.
template <class T>
struct Result {
  std::optional<T> value;
  std::vector<Issue> issues;

  bool ok() const { return value.has_value(); }
  T& operator*() { return *value; }
  const T& operator*() const { return *value; }
  T* operator->() { return &*value; }
  const T* operator->() const { return &*value; }
};

/// Wraps a value, unless `issues` holds an error, in which case the value is dropped.
template <class T>
Result<T> make_result(T value, std::vector<Issue> issues) {
  Result<T> r;
  if (!has_errors(issues)) r.value = std::move(value);
  r.issues = std::move(issues);
  return r;
}

/// Our own bug, or an identity that failed: caught once, in main.
class InvariantViolation : public std::logic_error {
 public:
  using std::logic_error::logic_error;
};

/// Throws InvariantViolation with `message` unless `condition` holds. In every build.
inline void require(bool condition, const char* message) {
  if (!condition) throw InvariantViolation(message);
}

}  // namespace spillway::result
