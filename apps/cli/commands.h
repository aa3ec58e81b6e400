#pragma once
// The commands: load, run, write. No finance.

#include <optional>
#include <string>
#include <vector>

namespace spillway::cli {

inline constexpr int kDone = 0, kInputProblem = 2, kOurBug = 3;

/// What every command that reads a deal takes.
struct DealOptions {
  std::string deal;
  bool strict = false;
  int threads = 0;
};

struct BookOptions : DealOptions {
  std::string out;
  std::vector<std::string> formats{"html", "csv", "json"};
};

struct RunOptions : DealOptions {
  std::string scenario;
  std::string to = "maturity";
  double speed_percent = 100.0;
  bool steps = false;
  std::string out;
};

struct PriceOptions : DealOptions {
  std::string scenario;
  std::string to = "call";
  std::vector<double> speed_percents{100.0};
  std::vector<std::string> classes;
  std::vector<double> prices;
  std::vector<double> margins_bps;
  std::vector<double> yields_percent;
  std::string measure;
  std::string index;
  std::string compounding = "semiannual";
  double shift_bps = 0;  ///< 0: none
  std::string curve;
  std::string curve_date;
  std::string format = "text";
};

struct StratOptions {
  std::string tape;
  std::string tables;
  std::string products;
  std::string mapping;
  std::string cut_off;
  std::string out;
  std::string format = "text";
  bool strict = false;
};

struct CheckOptions : DealOptions {
  bool prose = false;
};

struct TieOutOptions : DealOptions {
  std::string published;
  bool json = false;
  bool misses = true;
};

int book(const BookOptions& options);
int run(const RunOptions& options);
int price(const PriceOptions& options);
int strat(const StratOptions& options);
int check(const CheckOptions& options);
int tieout(const TieOutOptions& options);

}  // namespace spillway::cli
