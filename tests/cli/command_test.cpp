// The command on good input: what it writes where, and how it behaves when it cannot.

#include <algorithm>

#include "workspace.h"

namespace {

class Command : public Workspace {
 protected:
  static std::ptrdiff_t lines(const std::string& text) { return std::count(text.begin(), text.end(), '\n'); }
};

}  // namespace

TEST_F(Command, shows_an_example_in_the_help_of_each_command) {
  for (const std::string command : {"book", "run", "price", "strat", "check", "tieout"}) {
    const Outcome help = run(command + " --help");
    EXPECT_EQ(help.code, 0);
    EXPECT_NE(help.out.find("Example:\n  spillway " + command + " examples/impac-2003-12/"), std::string::npos) << help.out;
  }
}

TEST_F(Command, suggests_the_near_command_for_one_it_does_not_know) {
  const Outcome unknown = run("bok deal/deal.yaml");
  EXPECT_EQ(unknown.code, 2);
  EXPECT_NE(unknown.err.find("no command is called bok; did you mean book?"), std::string::npos) << unknown.err;
}

TEST_F(Command, refuses_options_it_does_not_know_and_arguments_that_are_missing) {
  EXPECT_EQ(run("").code, 2);
  EXPECT_EQ(run("book deal/deal.yaml").code, 2);
  EXPECT_EQ(run("check deal/deal.yaml --sctrict").code, 2);
  EXPECT_EQ(run("check deal/deal.yaml --threads -1").code, 2);
  EXPECT_EQ(run("run deal/deal.yaml --scenario pricing --to nowhere").code, 2);
  EXPECT_EQ(run("run deal/deal.yaml --scenario pricing --speed nan").code, 2);
  for (const char* option : {"--speed nan", "--price nan", "--price inf", "--price 0", "--dm nan", "--dm 5 --yield 6", "--measure speed", "--index libor_1n"}) {
    EXPECT_EQ(run(std::string("price deal/deal.yaml ") + option).code, 2) << option;
  }
  EXPECT_EQ(run("price deal/deal.yaml --class Zebra").code, 2);
  EXPECT_EQ(run("price deal/deal.yaml --scenario pricin").code, 2);
}

TEST_F(Command, checks_a_good_deal_without_a_word_of_complaint) {
  const Outcome check = run("check deal/deal.yaml");
  EXPECT_EQ(check.code, 0);
  EXPECT_EQ(check.err, "");
  EXPECT_NE(check.out.find("6 classes, 9 steps"), std::string::npos) << check.out;
  EXPECT_NE(check.out.find("3951 loans, $1000000138.61, against classes of $1000000000.00\nno errors\n"), std::string::npos);
}

TEST_F(Command, writes_the_book_and_lists_what_it_wrote) {
  const Outcome book = run("book deal/deal.yaml --out out");
  EXPECT_EQ(book.code, 0) << book.err;
  for (const auto& [name, bytes] : snapshot("out")) {
    EXPECT_NE(book.out.find("out/" + name + "  " + std::to_string(bytes.size()) + " bytes\n"), std::string::npos) << name;
  }
  EXPECT_EQ(static_cast<std::size_t>(lines(book.out)), snapshot("out").size());
}

TEST_F(Command, warns_of_what_is_odd_and_is_done_all_the_same) {
  const Outcome clean = run("check deal/deal.yaml");
  EXPECT_EQ(clean.code, 0);
  EXPECT_EQ(clean.err, "");
  change("deal.yaml", "{section: 6, pay: basis_risk, from: excess_funds, to: {sequential: Bonds}}",
         "{section: 6, pay: basis_risk, from: excess_funds, to: {sequential: [A-1, A-2, M-1, M-2, M-3]}}");
  change("deal.yaml", "pay: basis_risk, from: derivative_receipts", "pay: unpaid_interest, from: derivative_receipts");
  const Outcome odd = run("check deal/deal.yaml");
  EXPECT_EQ(odd.code, 0) << odd.err;
  EXPECT_NE(odd.err.find("deal.yaml:46:3: warning: no step pays basis risk to class M-4, which has a stated_rate"), std::string::npos)
      << odd.err;
  EXPECT_NE(odd.err.find("0 errors, 1 warning\n"), std::string::npos) << odd.err;
}

TEST_F(Command, says_the_deal_in_english) {
  const Outcome prose = run("check deal/deal.yaml --prose");
  EXPECT_EQ(prose.code, 0) << prose.err;
  EXPECT_NE(prose.out.find("\n1. From interest_funds as interest to A-1, A-2, M-1, M-2, M-3 and M-4 in this order.\n"), std::string::npos);
}

TEST_F(Command, writes_the_same_bytes_on_one_thread_and_on_three) {
  EXPECT_EQ(run("book deal/deal.yaml --out one --threads 1").code, 0);
  EXPECT_EQ(run("book deal/deal.yaml --out three --threads 3").code, 0);
  EXPECT_EQ(snapshot("one"), snapshot("three"));
  EXPECT_GT(snapshot("one").size(), 3u);
}

TEST_F(Command, leaves_an_older_book_as_it_was_when_a_run_fails) {
  EXPECT_EQ(run("book deal/deal.yaml --out out").code, 0);
  const auto before = snapshot("out");
  change("deal.yaml", "min(libor_1m +", "min(libor_1mm +");
  EXPECT_EQ(run("book deal/deal.yaml --out out").code, 2);
  EXPECT_EQ(snapshot("out"), before);
}

TEST_F(Command, leaves_an_older_book_as_it_was_when_it_cannot_write) {
  EXPECT_EQ(run("book deal/deal.yaml --out out").code, 0);
  std::filesystem::remove(folder_ / "out/tables/strats.csv");
  std::filesystem::create_directory(folder_ / "out/tables/strats.csv");  // in the way of the last file
  const auto before = snapshot("out");
  change("deal.yaml", "margin: 0.35%", "margin: 0.36%");
  const Outcome again = run("book deal/deal.yaml --out out");
  EXPECT_EQ(again.code, 2);
  EXPECT_NE(again.err.find("out/tables/strats.csv: error: cannot write the file: a folder of that name is in the way"),
            std::string::npos) << again.err;
  EXPECT_EQ(snapshot("out"), before);
}

TEST_F(Command, says_so_when_the_out_folder_cannot_be_made) {
  const Outcome book = run("book deal/deal.yaml --out deal/tape.csv/out");
  EXPECT_EQ(book.code, 2);
  EXPECT_NE(book.err.find("error: cannot make the folder; check the folder's permissions and free space"), std::string::npos)
      << book.err;
}

TEST_F(Command, writes_the_formats_asked_for_alone) {
  EXPECT_EQ(run("book deal/deal.yaml --out out --format json").code, 0);
  EXPECT_EQ(snapshot("out").size(), 1u);
  EXPECT_TRUE(exists("out/book.json"));
}

TEST_F(Command, runs_a_scenario_into_a_row_per_period) {
  const Outcome flows = run("run deal/deal.yaml --scenario pricing");
  ASSERT_EQ(flows.code, 0) << flows.err;
  const std::string last = flows.out.substr(flows.out.rfind('\n', flows.out.size() - 2) + 1);
  EXPECT_EQ(lines(flows.out), 1 + std::stol(last)) << "a header, and as many rows as the last period's number: " << last;
  const auto fields = [](const std::string& line) { return std::count(line.begin(), line.end(), ','); };
  EXPECT_EQ(fields(last), fields(flows.out.substr(0, flows.out.find('\n'))));
}

TEST_F(Command, writes_a_scenario_to_a_file_too) {
  EXPECT_EQ(run("run deal/deal.yaml --scenario pricing --to call --out flows.csv").code, 0);
  EXPECT_EQ(read(folder_ / "flows.csv"), run("run deal/deal.yaml --scenario pricing --to call").out);
}

TEST_F(Command, suggests_the_near_scenario) {
  const Outcome unknown = run("run deal/deal.yaml --scenario pricin");
  EXPECT_EQ(unknown.code, 2);
  EXPECT_NE(unknown.err.find("no scenario is called pricin; did you mean pricing?"), std::string::npos) << unknown.err;
}

TEST_F(Command, stratifies_a_tape_alone) {
  const Outcome strat = run("strat deal/tape.csv --format csv");
  EXPECT_EQ(strat.code, 0) << strat.err;
  EXPECT_GT(lines(strat.out), 100);
  EXPECT_EQ(run("strat deal/tape.csv --out strats").code, 0);
  EXPECT_EQ(read(folder_ / "strats/strats.csv"), strat.out);
  EXPECT_TRUE(exists("strats/pool_summary.csv"));
}

TEST_F(Command, stratifies_the_good_loans_and_refuses_bad_ones_when_strict) {
  change_loan(5, "current_balance", "-1");
  EXPECT_EQ(run("strat deal/tape.csv --format csv").code, 0);
  const Outcome strict = run("strat deal/tape.csv --format csv --strict");
  EXPECT_EQ(strict.code, 2);
  EXPECT_EQ(strict.out, "");
}

TEST_F(Command, refuses_a_cut_off_that_is_no_date_and_a_tape_that_is_not_there) {
  EXPECT_EQ(run("strat deal/tape.csv --cut-off yesterday").code, 2);
  const Outcome missing = run("strat deal/tap.csv");
  EXPECT_EQ(missing.code, 2);
  EXPECT_NE(missing.err.find("deal/tap.csv: error: no such file; did you mean tape.csv?"), std::string::npos) << missing.err;
}

TEST_F(Command, ties_out_to_a_published_record_and_says_when_there_is_none) {
  const std::string published = SPILLWAY_SOURCE_DIR "/examples/impac-2003-12/published";
  const Outcome tieout = run("tieout deal/deal.yaml --no-misses --published '" + published + "'");
  EXPECT_EQ(tieout.code, 0) << tieout.err;
  EXPECT_NE(tieout.out.find("dm_tables"), std::string::npos);
  EXPECT_EQ(run("tieout deal/deal.yaml --published nowhere").code, 2);
}
