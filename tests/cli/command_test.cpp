// The command on good input: what it writes where, and how it behaves when it cannot.

#include <algorithm>

#include "workspace.h"

namespace {

class Command : public Workspace {
 protected:
  static std::ptrdiff_t lines(const std::string& text) { return std::count(text.begin(), text.end(), '\n'); }

  static std::vector<std::string> cells(std::istream& text) {
    std::string line, cell;
    std::getline(text, line);
    std::istringstream fields{line};
    std::vector<std::string> found;
    while (std::getline(fields, cell, ',')) found.push_back(cell);
    return found;
  }

  // The first row that `spillway price` gives of the fixed-rate example to maturity, by column.
  std::map<std::string, std::string> price_row(const std::string& options) const {
    const std::string deal = SPILLWAY_SOURCE_DIR "/examples/fannie-2025-21/deal.yaml";
    const Outcome price = run("price '" + deal + "' --to maturity --format csv " + options);
    EXPECT_EQ(price.code, 0) << price.err;
    std::istringstream text{price.out};
    const auto columns = cells(text), row = cells(text);
    EXPECT_EQ(columns.size(), row.size()) << price.out;
    std::map<std::string, std::string> found;
    for (std::size_t c = 0; c < std::min(columns.size(), row.size()); ++c) found[columns[c]] = row[c];
    return found;
  }

  static double number(const std::map<std::string, std::string>& row, const std::string& column) {
    return std::stod(row.at(column));
  }
};

}  // namespace

TEST_F(Command, shows_an_example_in_the_help_of_each_command) {
  for (const std::string command : {"book", "run", "price", "strat", "check", "compare", "tieout"}) {
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

TEST_F(Command, holds_a_limit_of_memory_to_be_an_amount_that_can_do) {
  for (const char* bad : {"500", "MB", "0MB", "-5MB", "1XB", "nanMB", "1e30GB", "'5 MB'"}) {
    const Outcome refused = run(std::string("run deal/deal.yaml --scenario pricing --memory ") + bad);
    EXPECT_EQ(refused.code, 2) << bad;
  }
  const Outcome low = run("run deal/deal.yaml --scenario pricing --memory 100KB");
  EXPECT_EQ(low.code, 2);
  EXPECT_NE(low.err.find("give 45MB at least"), std::string::npos) << low.err;
  EXPECT_EQ(run("run deal/deal.yaml --scenario pricing --memory 0.5GB").code, 0);
  const Outcome book = run("book deal/deal.yaml --out out --memory 41MB");
  EXPECT_EQ(book.code, 2);
  EXPECT_NE(book.err.find("give 135MB at least"), std::string::npos) << book.err;
  EXPECT_FALSE(exists("out"));
  const Outcome strat = run("strat deal/tape.csv --memory 41MB");
  EXPECT_EQ(strat.code, 2);
  EXPECT_NE(strat.err.find("--memory: error: the memory limit is too low for the tape, even read in blocks; give 45MB at least"), std::string::npos) << strat.err;
  const Outcome tape = run("tape deal/tape.csv --memory 41MB");
  EXPECT_EQ(tape.code, 2);
  EXPECT_NE(tape.err.find("need all loans at once, more than the limit holds; give 45MB at least"), std::string::npos) << tape.err;
  EXPECT_EQ(run("tape deal/tape.csv --memory 45MB").code, 0);
}

TEST_F(Command, refuses_options_it_does_not_know_and_arguments_that_are_missing) {
  EXPECT_EQ(run("").code, 2);
  EXPECT_EQ(run("book").code, 2);
  EXPECT_EQ(run("check deal/deal.yaml --sctrict").code, 2);
  EXPECT_EQ(run("check deal/deal.yaml --threads -1").code, 2);
  EXPECT_EQ(run("run deal/deal.yaml --scenario pricing --to nowhere").code, 2);
  EXPECT_EQ(run("run deal/deal.yaml --scenario pricing --speed nan").code, 2);
  for (const char* option : {"--speed nan", "--price nan", "--price inf", "--price 0", "--dm nan", "--dm 5 --yield 6", "--measure speed", "--index libor_1n", "--shift 0", "--shift -25", "--shift nan"}) {
    EXPECT_EQ(run(std::string("price deal/deal.yaml ") + option).code, 2) << option;
  }
  EXPECT_EQ(run("price deal/deal.yaml --class Zebra").code, 2);
  EXPECT_EQ(run("price deal/deal.yaml --scenario pricin").code, 2);
}

TEST_F(Command, checks_a_good_deal_without_a_word_of_complaint) {
  const Outcome check = run("check deal/deal.yaml");
  EXPECT_EQ(check.code, 0);
  EXPECT_EQ(check.err, "");
  EXPECT_NE(check.out.find("6 classes, 10 steps"), std::string::npos) << check.out;
  EXPECT_NE(check.out.find("3,951 loans, $1,000,000,138.61, against classes of $1,000,000,000.00\nno errors\n"), std::string::npos);
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
  EXPECT_EQ(snapshot("out").size(), 2u);
  EXPECT_TRUE(exists("out/book.json"));
  EXPECT_TRUE(exists("out/run.json"));
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

TEST_F(Command, gives_a_fixed_class_the_effective_duration_and_convexity_of_its_price) {
  const auto row = price_row("--class BA --yield 5 --shift 25");
  EXPECT_NEAR(number(row, "eff_duration"), number(row, "mdur"), 1e-3);
  EXPECT_NEAR(number(row, "eff_convexity"), number(row, "convexity"), 0.02);
}

TEST_F(Command, gives_a_floater_an_effective_duration_near_its_next_reset) {
  // The rate is set for the first period; settlement 2025-02-28, next reset 2025-03-25. Interest is on 30/360 and the
  // margin's discount on actual/360, so 5 days in 360 of every later move are discount alone.
  const auto row = price_row("--class FB --price 100 --measure dm --index sofr_30d --shift 25");
  EXPECT_NEAR(number(row, "eff_duration"), 25.0 / 360.0 + number(row, "mdur") * 5.0 / 360.0, 0.01);
  EXPECT_GT(number(row, "mdur"), 3.0);
}

TEST_F(Command, prices_the_same_with_a_shift_and_with_a_curve) {
  const auto plain = price_row("--class BA --yield 5");
  const auto more = price_row("--class BA --yield 5 --shift 25 --curve deal/quotes.csv --curve-date 2003-11-25");
  for (const auto& [column, cell] : plain) EXPECT_EQ(more.at(column), cell) << column;
  EXPECT_EQ(more.size(), plain.size() + 4);
}

TEST_F(Command, gives_spreads_over_a_curve_that_move_with_the_yield) {
  const std::string curve = " --curve deal/quotes.csv --curve-date 2003-11-25";
  const auto at_5 = price_row("--class BA --yield 5" + curve), at_6 = price_row("--class BA --yield 6" + curve);
  EXPECT_NEAR(number(at_6, "spread_bps") - number(at_5, "spread_bps"), 100.0, 0.011);
  EXPECT_NEAR(number(at_6, "z_spread_bps") - number(at_5, "z_spread_bps"), 100.0, 3.0);
}

TEST_F(Command, refuses_a_curve_it_cannot_use_and_says_what_to_do) {
  const std::pair<const char*, const char*> cases[] = {
      {"--measure yield --curve deal/quotes.csv", "market quotes need a date; add --curve-date"},
      {"--measure yield --curve-date 2003-11-25", "a date of quotes without quotes; name their file with --curve"},
      {"--measure yield --curve deal/quotes.csv --curve-date today", "today is not a date; write it as 2003-11-25"},
      {"--measure yield --curve deal/quotes.csv --curve-date 2003-12-19", "2003-12-19 is after settlement, 2003-12-18; take quotes"},
      {"--measure yield --curve deal/quote.csv --curve-date 2003-11-25", "no such file; did you mean quotes.csv?"},
      {"--measure dm --curve deal/quotes.csv --curve-date 2003-11-25", "margins are asked for; add --measure yield"}};
  for (const auto& [options, said] : cases) {
    const Outcome refused = run(std::string("price deal/deal.yaml ") + options);
    EXPECT_EQ(refused.code, 2) << options;
    EXPECT_NE(refused.err.find(said), std::string::npos) << refused.err;
  }
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
