#pragma once
// The commands: load, run, write. No finance.

#include <optional>
#include <string>
#include <vector>

namespace spillway::cli {

/// The version of the command: "1.2.3". SPILLWAY_VERSION is "spillway 1.2.3".
inline const std::string kVersion = std::string(SPILLWAY_VERSION).substr(std::string("spillway ").size());

inline constexpr int kDone = 0, kInputProblem = 2, kOurBug = 3;

/// What every command that reads a deal takes.
struct DealOptions {
  std::string deal;
  bool strict = false;
  int threads = 0;
  std::string memory;  ///< limit such as 500MB; empty: none
};

struct BookOptions : DealOptions {
  std::string out = "book";
  bool quiet = false;
  std::vector<std::string> formats{"html", "csv", "json", "pdf", "xlsx"};
};

/// Credit assumptions in place of the scenario's; empty texts: as the scenario says.
struct CreditOptions {
  std::string cdr;        ///< percent, with or without its sign
  std::string severity;   ///< likewise
  int lag = -1;           ///< months; below 0: as the scenario says
  std::string advances;
};

struct RunOptions : DealOptions, CreditOptions {
  std::string scenario;
  std::string to = "maturity";
  double speed_percent = 100.0;
  bool steps = false;
  std::string out;
};

struct PriceOptions : DealOptions, CreditOptions {
  std::string scenario;
  std::string to = "call";
  std::vector<double> speed_percents{100.0};
  std::vector<std::string> cdrs, severities;  ///< percent, with or without its sign; a loss grid if any
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

struct SolveOptions : DealOptions, CreditOptions {
  std::string class_name;
  std::string what = "breakeven-cdr";
  std::string target = "principal";
  double margin_bps = 0;
  double price = 100.0;
  std::string scenario;
  std::string index;
  std::string to = "maturity";
  double speed_percent = 100.0;
  double tolerance = 1e-10;
  bool json = false;
};

struct StratOptions {
  std::string tape;
  std::string tables;
  std::string products;
  std::string mapping;
  std::string cut_off;
  std::string cross;              ///< two tables or attributes, "state,purpose"; empty: none
  std::string measure;            ///< of `cross`; empty: balance as text, all in csv and json
  std::string out;
  std::string format = "text";
  bool strict = false;
  std::string memory;             ///< as of DealOptions
};

struct ExplainOptions : DealOptions, CreditOptions {
  std::string path;
  int depth = 5;
  int period = 0;                 ///< 0: the one that weighs most
  int rows = 12;                  ///< 0: all
  int loans = 10;                 ///< 0: all
  std::string scenario;
  std::string to;                 ///< empty: maturity
  double speed_percent = -1.0;    ///< below 0: 100
  std::string format = "text";
};

struct ContributionsOptions : DealOptions, CreditOptions {
  std::vector<std::string> tables;  ///< none: all of the deal's
  std::string scenario;
  double speed_percent = 100.0;
  int period = 0;                   ///< 0: all
  bool by_year = false;
  std::string format = "text";
};

struct PathsOptions : DealOptions, CreditOptions {
  std::string paths;                    ///< file of rate paths
  std::string scenario;
  std::string to = "call";
  double speed_percent = 100.0;
  std::vector<std::string> classes;     ///< none: all
  std::vector<std::string> prices;      ///< "99.5" or "A-1=99.5"; of the rest: as the price-DM pages have it, or 100
  std::optional<double> spread_bps;
  std::string index;
  std::string csv, by_path;             ///< files to write; empty: none
  std::string format = "text";
};

struct CheckOptions : DealOptions {
  bool prose = false;
};

struct TieOutOptions : DealOptions {
  std::string published;
  bool json = false;
  bool misses = true;
};

struct ShowOptions : DealOptions {
  std::string table;
  std::string source;                  ///< deal file, or folder of a book; empty: what lies in the current folder
  std::string format = "text";
  std::vector<std::string> columns, conditions;
  int rows = -1;                       ///< below 0: all
  bool list = false;
  bool wide = false;
  std::string color = "auto";
};

struct NewOptions {
  std::string folder;                  ///< to make; its last part is the deal's name
  std::string like = "simple";
};

struct TapeOptions : DealOptions {     ///< `deal` may be empty
  std::string tape;
  std::string products, mapping, cut_off;
  std::string scenario;
  double speed_percent = 100.0;
  double cpr_percent = 25.0;
  std::string format = "text";
  std::string table = "findings";
  int loans = 10;                      ///< of each finding, to list
  bool all = false;                    ///< list them all
  bool wide = false;
  std::string color = "auto";
};

struct NamesOptions {
  std::string kind;                    ///< classes, scenarios, speeds, paths
  std::string deal;
  std::string start;                   ///< of the names wanted; empty: all
  std::string scenario;                ///< whose speeds; empty: of all
};

struct ManOptions {
  std::string command;                 ///< empty: the main page
  std::string out;                     ///< folder for all pages; empty: one page on standard output
};

struct CompareOptions : DealOptions {
  std::string a, b;
  std::vector<std::string> tables, classes, order;
  std::string only;         ///< cells, attribution; empty: both
  double price = 0;         ///< per 100; 0: that of A's price-DM pages
  double tolerance = -1;    ///< below 0: half the last printed digit
  bool is_exact = false;
  bool all = false;
  bool average = false;
  std::string format = "text";
  std::string out;
};

int book(const BookOptions& options);
int make_new(const NewOptions& options);
int tape(const TapeOptions& options);
int show(const ShowOptions& options);
int names(const NamesOptions& options);
int run(const RunOptions& options);
int price(const PriceOptions& options);
int solve(const SolveOptions& options);
int strat(const StratOptions& options);
int explain(const ExplainOptions& options);
int contributions(const ContributionsOptions& options);
int paths(const PathsOptions& options);
int check(const CheckOptions& options);
int tieout(const TieOutOptions& options);
int compare(const CompareOptions& options);

}  // namespace spillway::cli
