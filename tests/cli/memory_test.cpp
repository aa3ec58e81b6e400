// Commands on a tape that needs more than --memory: they read it in blocks, and say what they leave out.

#include "workspace.h"

namespace {

constexpr int kTimes = 6;  // as many loans: enough for the limits below to be too low for the whole and enough for blocks

class Memory : public Workspace {
 protected:
  void SetUp() override {
    Workspace::SetUp();
    std::istringstream rows{text("tape.csv")};
    std::string header, row, tape;
    std::getline(rows, header);
    tape = header + '\n';
    while (std::getline(rows, row)) {
      for (int n = 0; n < kTimes; ++n) tape += std::to_string(n) + "-" + row + '\n';
    }
    write("tape.csv", tape);
    std::string deal = text("deal.yaml");
    for (const char* balance : {"861_000_000", "33_000_000", "35_000_000", "46_500_000", "17_000_000", "7_500_000"}) {
      std::string digits = balance;
      std::erase(digits, '_');
      const std::string from = std::string("balance: ") + balance;
      deal.replace(deal.find(from), from.size(), "balance: " + std::to_string(kTimes * std::stoll(digits)));
    }
    write("deal.yaml", deal);
  }

  // What a command says of the whole tape it says of blocks.
  void expect_same_output(const std::string& command, const std::string& limit) const {
    const Outcome whole = run(command), parts = run(command + " --memory " + limit);
    EXPECT_EQ(whole.code, 0) << whole.err;
    EXPECT_EQ(parts.code, 0) << parts.err;
    EXPECT_EQ(whole.err, parts.err);
    EXPECT_EQ(whole.out, parts.out) << command;
  }
};

}  // namespace

TEST_F(Memory, stratifies_in_blocks) {
  expect_same_output("strat deal/tape.csv --cut-off 2003-12-01", "46MB");
  expect_same_output("strat deal/tape.csv --cross state,gross_rate --format csv", "46MB");
  EXPECT_EQ(run("strat deal/tape.csv --cross sate,fico --memory 46MB").err,
            "--cross: error: no table or loan attribute is called sate; did you mean state?\n1 error, 0 warnings\n");
}

TEST_F(Memory, makes_the_book_of_blocks) {
  ASSERT_EQ(run("book deal/deal.yaml --quiet --out whole").code, 0);
  ASSERT_EQ(run("book deal/deal.yaml --quiet --out parts --memory 137MB").code, 0);
  for (const char* table : {"pool_summary", "strats", "dm_tables", "class_summary", "loss_grid"}) {
    const std::string name = std::string("tables/") + table + ".csv";
    EXPECT_EQ(read(folder_ / "whole" / name), read(folder_ / "parts" / name)) << table;
  }
  for (const char* file : {"index.html", "book.pdf", "book.xlsx"}) EXPECT_TRUE(exists(std::string("parts/") + file)) << file;
}

TEST_F(Memory, shows_compares_and_checks_in_blocks) {
  expect_same_output("show dm_tables deal/deal.yaml", "137MB");
  expect_same_output("compare deal/deal.yaml deal/deal.yaml@pricing:150 --table dm_tables,strats", "137MB");
  expect_same_output("check deal/deal.yaml", "46MB");
}

TEST_F(Memory, runs_rows_of_blocks_as_pools_of_their_own) {
  EXPECT_EQ(run("contributions deal/deal.yaml --table rate_type,age --memory 48MB").out, run("contributions deal/deal.yaml --table rate_type,age").out);
}

TEST_F(Memory, explains_all_but_the_loans) {
  const std::string path = "explain deal/deal.yaml dm_tables/A-1/maturity/150/wal";
  const Outcome parts = run(path + " --memory 46MB");
  EXPECT_EQ(parts.code, 0) << parts.err;
  EXPECT_NE(parts.out.find("Collateral: principal collected"), std::string::npos) << parts.out;
  EXPECT_EQ(parts.out.find("Loans by"), std::string::npos) << parts.out;
  EXPECT_EQ(parts.err, "note: the tape needs more memory than the limit, so its loans are not listed: --depth 4\n");
  expect_same_output(path + " --depth 2", "46MB");
  const Outcome row = run("explain deal/deal.yaml strats/state/CA/gross_wac --memory 46MB");
  EXPECT_EQ(row.code, 2);
  EXPECT_NE(row.err.find("an explanation of strats lists loans, and the tape needs more memory than the limit; raise the limit"), std::string::npos) << row.err;
}
