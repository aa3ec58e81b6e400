#include "spillway/result/issue.h"

#include <algorithm>
#include <cctype>

namespace spillway::result {

Issue error(Location where, std::string what, std::string remedy) {
  return {Severity::error, std::move(where), std::move(what), std::move(remedy)};
}

Issue warning(Location where, std::string what, std::string remedy) {
  return {Severity::warning, std::move(where), std::move(what), std::move(remedy)};
}

std::string to_text(const Issue& issue) {
  std::string text;
  if (!issue.where.file.empty()) {
    text += issue.where.file;
    if (issue.where.line > 0) {
      text += ':' + std::to_string(issue.where.line);
      if (issue.where.column > 0) text += ':' + std::to_string(issue.where.column);
    }
    text += ": ";
  }
  text += issue.severity == Severity::error ? "error: " : "warning: ";
  text += issue.what;
  if (!issue.remedy.empty()) text += "; " + issue.remedy;
  return text;
}

bool has_errors(std::span<const Issue> issues) {
  return std::any_of(issues.begin(), issues.end(), [](const Issue& i) { return i.severity == Severity::error; });
}

void append(std::vector<Issue>& issues, std::vector<Issue> more) {
  issues.insert(issues.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

namespace {

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return out;
}

// Edits (insert, delete, replace, swap of neighbours) that turn one text into the other.
std::size_t edit_distance(const std::string& a, const std::string& b) {
  std::vector<std::vector<std::size_t>> d(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i) d[i][0] = i;
  for (std::size_t j = 0; j <= b.size(); ++j) d[0][j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced = d[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      d[i][j] = std::min({d[i - 1][j] + 1, d[i][j - 1] + 1, replaced});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        d[i][j] = std::min(d[i][j], d[i - 2][j - 2] + 1);
      }
    }
  }
  return d[a.size()][b.size()];
}

}  // namespace

std::optional<std::string> nearest(std::string_view name, std::span<const std::string> candidates) {
  const std::string wanted = lower(name);
  const std::size_t limit = std::max<std::size_t>(1, wanted.size() / 3);
  std::optional<std::string> best;
  std::size_t best_distance = limit + 1;
  for (const std::string& candidate : candidates) {
    if (candidate.size() > wanted.size() + limit || wanted.size() > candidate.size() + limit) continue;
    const std::size_t distance = edit_distance(wanted, lower(candidate));
    if (distance < best_distance) {
      best_distance = distance;
      best = candidate;
    }
  }
  return best;
}

std::string suggestion(std::string_view name, std::span<const std::string> candidates) {
  if (auto near = nearest(name, candidates)) return "did you mean " + *near + "?";
  if (candidates.empty()) return {};
  constexpr std::size_t shown = 16;
  std::string text = "known: ";
  for (std::size_t i = 0; i < candidates.size() && i < shown; ++i) {
    if (i > 0) text += ", ";
    text += candidates[i];
  }
  if (candidates.size() > shown) text += ", ...";
  return text;
}

}  // namespace spillway::result
