#include "progress.h"

#include <algorithm>
#include <cstdio>
#include <utility>

#include "terminal.h"

namespace spillway::cli {

namespace {

constexpr std::size_t kBar = 20;

const char* name_of(engine::Stage stage) {
  switch (stage) {
    case engine::Stage::project_loans: return "project loans";
    case engine::Stage::run_waterfalls: return "run waterfalls";
    case engine::Stage::find_break_evens: return "find break-evens";
    case engine::Stage::stratify: return "stratify";
    case engine::Stage::assemble: return "make tables";
  }
  return "";
}

std::string seconds(std::chrono::steady_clock::duration taken) {
  char text[32];
  std::snprintf(text, sizeof text, "%.2f s", std::chrono::duration<double>(taken).count());
  return text;
}

}  // namespace

ProgressLine::ProgressLine(bool quiet) : quiet_(quiet), rewrites_(is_terminal(stderr)) {}

void ProgressLine::start(const std::string& stage) {
  if (quiet_ || stage == stage_) return;
  if (!stage_.empty()) {
    const std::string taken = seconds(Clock::now() - started_);
    if (!rewrites_) std::fprintf(stderr, "%-18s %s\n", stage_.c_str(), taken.c_str());
    times_ += (times_.empty() ? "" : ", ") + stage_ + " " + taken;
  }
  stage_ = stage;
  started_ = Clock::now();
  drawn_ = {};
  if (!stage_.empty()) show(0, 1);
}

void ProgressLine::show(std::size_t done, std::size_t of) {
  constexpr std::chrono::milliseconds kBetween{40};  // a line drawn more often costs more than it tells
  if (quiet_ || !rewrites_ || stage_.empty()) return;
  const auto now = Clock::now();
  if (done < of && done > 0 && now - drawn_ < kBetween) return;
  drawn_ = now;
  const std::size_t filled = of > 0 ? std::min(kBar, kBar * done / of) : 0;
  const std::string bar = std::string(filled, '#') + std::string(kBar - filled, '.');
  std::string text = "[" + bar + "] " + stage_;
  if (of > 1) text += " " + std::to_string(done) + "/" + std::to_string(of);
  text.resize(std::min(text.size(), terminal_width(stderr) - 1));
  std::fprintf(stderr, "\r\033[K%s", text.c_str());
  std::fflush(stderr);
}

engine::OnProgress ProgressLine::listener() {
  if (quiet_) return {};
  return [this](const engine::Progress& progress) {
    if (progress.of == 0) return;
    if (progress.done == 0) start(name_of(progress.stage));
    show(progress.done, progress.of);
  };
}

void ProgressLine::end() {
  if (stage_.empty()) return;
  start("");
  erase();
  if (rewrites_) std::fprintf(stderr, "%s\n", times_.c_str());
  times_.clear();
}

void ProgressLine::erase() {
  if (rewrites_ && !quiet_) std::fprintf(stderr, "\r\033[K");
}

}  // namespace spillway::cli
