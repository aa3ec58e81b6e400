// A deal along many rate paths on the command line.

#include <nlohmann/json.hpp>

#include "workspace.h"

namespace {

class PathsCommand : public Workspace {
 protected:
  void expect_refused(const std::string& arguments, const std::string& message) const {
    const Outcome refused = run("paths deal/deal.yaml deal/paths.csv " + arguments);
    EXPECT_EQ(refused.code, 2) << arguments;
    EXPECT_EQ(refused.out, "");
    EXPECT_NE(refused.err.find(message), std::string::npos) << refused.err;
  }

  // A column of CSV, the head left out.
  static std::vector<std::string> column(const std::string& csv, const std::string& name) {
    std::istringstream lines{csv};
    std::string line, field;
    std::vector<std::string> cells;
    std::size_t wanted = 0;
    for (bool head = true; std::getline(lines, line); head = false) {
      std::istringstream fields{line};
      for (std::size_t at = 0; std::getline(fields, field, ','); ++at) {
        if (head && field == name) wanted = at;
        if (!head && at == wanted) cells.push_back(field);
      }
    }
    return cells;
  }
};

}  // namespace

TEST_F(PathsCommand, prints_the_classes_and_writes_both_files) {
  const Outcome made = run("paths deal/deal.yaml deal/paths.csv --scenario available_rate --price 99.5,M-2=98 --csv out/all.csv --by-path out/rows.csv");
  ASSERT_EQ(made.code, 0) << made.err;
  EXPECT_EQ(made.err, "");
  EXPECT_TRUE(made.out.starts_with("Classes along 32 paths\nScenario available_rate at 100% of its speed, to call\nClass ")) << made.out;
  EXPECT_NE(made.out.find("over each path's own libor_1m"), std::string::npos) << made.out;
  const std::string all = read(folder_ / "out/all.csv"), rows = read(folder_ / "out/rows.csv");
  EXPECT_TRUE(all.starts_with("class,price,spread_bps,price_sd,wal_mean,wal_sd,wal_5,wal_50,wal_95,written_down,principal_loss,"
                              "unpaid_interest,unpaid_basis_risk\nA-1,99.5000,")) << all;
  EXPECT_NE(all.find("\nM-2,98.0000,"), std::string::npos) << all;
  EXPECT_EQ(column(rows, "path").size(), 32u * 6);
  EXPECT_EQ(column(rows, "path").back(), "32");
  EXPECT_EQ(run("paths deal/deal.yaml deal/paths.csv --scenario available_rate --price M-2=98,99.5 --format csv").out, all);
}

TEST_F(PathsCommand, gives_the_discount_margin_of_one_path) {
  write("one.csv", "path,date,libor_1m,libor_6m,libor_1y,cmt_1y\nstatic,2003-11-25,1.12,1.20,1.46,1.29\n");
  for (const char* to : {"call", "maturity"}) {
    const std::string end = std::string(" --format csv --price 99 --speed 80 --to ") + to;
    const Outcome paths = run("paths deal/deal.yaml deal/one.csv" + end), price = run("price deal/deal.yaml" + end);
    ASSERT_EQ(paths.code, 0) << paths.err;
    EXPECT_EQ(column(paths.out, "spread_bps"), column(price.out, "dm_bps"));
    EXPECT_EQ(column(paths.out, "wal_mean"), column(price.out, "wal"));
    EXPECT_EQ(column(paths.out, "wal_sd"), std::vector<std::string>(6, ""));
  }
}

TEST_F(PathsCommand, prices_at_a_spread_and_takes_credit_and_classes) {
  const std::string arguments = "paths deal/deal.yaml deal/paths.csv --class M-4 --spread 150 --cdr 9 --severity 50 --to maturity --by-path rows.csv";
  const Outcome json = run(arguments + " --format json");
  ASSERT_EQ(json.code, 0) << json.err;
  const auto rows = nlohmann::json::parse(json.out)["rows"];
  ASSERT_EQ(rows.size(), 1u);
  EXPECT_LT(rows[0]["mean_price"].get<double>(), 80.0);
  EXPECT_GT(rows[0]["principal_loss"].get<double>(), 1e6);
  double sum = 0.0;
  for (const std::string& price : column(read(folder_ / "rows.csv"), "price")) sum += std::stod(price);
  EXPECT_NEAR(sum / 32, rows[0]["mean_price"].get<double>(), 1e-4);
  EXPECT_EQ(run(arguments + " --format csv --threads 1").out, run(arguments + " --format csv").out);
}

TEST_F(PathsCommand, reads_a_tape_in_blocks_as_if_it_were_held) {
  const std::string arguments = "paths deal/deal.yaml deal/paths.csv --format csv";
  EXPECT_EQ(run(arguments + " --memory 48MB").out, run(arguments).out);
}

TEST_F(PathsCommand, refuses_what_it_cannot_take) {
  expect_refused("--scenario prcing", "no scenario is called prcing; did you mean pricing?");
  expect_refused("--class A-9", "--class: error: no class is called A-9; did you mean A-1?");
  expect_refused("--price A-9=99", "--price: error: no class that is priced is called A-9");
  expect_refused("--price A-1=par", "--price: error: 'A-1=par' gives no price above 0; write 99.5 for all classes, or A-1=99.5 for one");
  expect_refused("--price -3", "gives no price above 0");
  expect_refused("--index libor_3m", "no index is called libor_3m");
  expect_refused("--csv a.csv --by-path ./a.csv", "--by-path: error: the file is that of --csv; name another");
  const Outcome missing = run("paths deal/deal.yaml deal/pths.csv");
  EXPECT_EQ(missing.code, 2);
  EXPECT_NE(missing.err.find("deal/pths.csv: error: no such file; did you mean paths.csv?"), std::string::npos) << missing.err;
}

TEST_F(PathsCommand, says_every_problem_of_the_paths_and_writes_nothing) {
  change("paths.csv", "1,2004-02-25,", "1,2003-02-25,");
  change("paths.csv", "\n2,2003-11-25,", "\n2,2003-12-25,");
  change("paths.csv", "\n3,2003-11-25,1.120", "\n3,2003-11-25,x");
  std::filesystem::create_directories(folder_ / "out");
  std::ofstream{folder_ / "out/all.csv"} << "before";
  expect_refused("--csv out/all.csv", "deal/paths.csv:3:3: error: date '2003-02-25' does not come after the row before");
  expect_refused("", "deal/paths.csv:102:3: error: date '2003-12-25' is late for the start of path 2: the first fixing is on 2003-12-18");
  expect_refused("", "deal/paths.csv:202:14: error: libor1m 'x' is not a number");
  EXPECT_EQ(read(folder_ / "out/all.csv"), "before");
}
