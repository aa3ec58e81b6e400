// What the command shows while it works, tables on the terminal, deals to start from, and the profile of a tape.

#include <algorithm>

#include "workspace.h"

namespace {

class Terminal : public Workspace {
 protected:
  // As on a terminal of 80 columns: both streams, escapes and all, in `out`.
  Outcome run_on_terminal(const std::string& arguments, const std::string& environment = "TERM=xterm") const {
    const std::string line = "cd '" + folder_.string() + "' && " + environment +
                             " script -qec \"stty cols 80; '" SPILLWAY_COMMAND "' " + arguments + "\" /dev/null >stdout 2>stderr </dev/null";
    const int status = std::system(line.c_str());
    return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, read(folder_ / "stdout"), read(folder_ / "stderr")};
  }

  static bool holds(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }
  static std::size_t lines(const std::string& text) { return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')); }
};

}  // namespace

TEST_F(Terminal, says_in_plain_lines_how_far_a_book_has_come_where_there_is_no_terminal) {
  const Outcome book = run("book deal/deal.yaml --out out");
  EXPECT_EQ(book.code, 0);
  std::size_t at = 0;
  for (const char* stage : {"read inputs", "project loans", "run waterfalls", "find break-evens", "stratify", "make tables",
                            "make html", "make json", "make csv", "write files", "A-1"}) {
    at = book.err.find(stage, at);
    ASSERT_NE(at, std::string::npos) << stage << " is missing or out of order in\n" << book.err;
  }
  EXPECT_EQ(book.err.find('\r'), std::string::npos);
  EXPECT_EQ(book.err.find('\033'), std::string::npos);
  EXPECT_TRUE(holds(book.err, "Class  Approximate Bond Balance  WAL Call (yr)")) << book.err;
}

TEST_F(Terminal, keeps_quiet_when_asked_and_still_says_what_is_wrong) {
  EXPECT_EQ(run("book deal/deal.yaml --out out --quiet").err, "");
  change_loan(5, "current_balance", "-1");
  const Outcome bad = run("book deal/deal.yaml --out out --quiet");
  EXPECT_EQ(bad.code, 0);
  EXPECT_TRUE(bad.err.starts_with("tape.csv:6:")) << bad.err;
}

TEST_F(Terminal, rewrites_one_line_on_a_terminal_and_ends_with_the_times) {
  const Outcome book = run_on_terminal("book deal/deal.yaml --out out");
  EXPECT_EQ(book.code, 0) << book.out;
  EXPECT_TRUE(holds(book.out, "\r\033[K[")) << book.out;
  EXPECT_TRUE(holds(book.out, "[####################] run waterfalls ")) << book.out;
  EXPECT_TRUE(holds(book.out, "\r\033[Kread inputs ")) << "the line ends as the times: " << book.out;
  const Outcome dumb = run_on_terminal("book deal/deal.yaml --out out", "TERM=dumb");
  EXPECT_FALSE(holds(dumb.out, "\033")) << dumb.out;
  EXPECT_TRUE(holds(dumb.out, "read inputs  ")) << dumb.out;
}

TEST_F(Terminal, writes_the_same_book_whoever_watches) {
  EXPECT_EQ(run("book deal/deal.yaml --out quiet --quiet").code, 0);
  EXPECT_EQ(run_on_terminal("book deal/deal.yaml --out watched").code, 0);
  EXPECT_EQ(snapshot("quiet"), snapshot("watched"));
  EXPECT_GT(snapshot("quiet").size(), 5u);
}

TEST_F(Terminal, writes_to_the_folder_book_if_no_other_is_named) {
  EXPECT_EQ(run("book deal/deal.yaml --format json").code, 0);
  EXPECT_TRUE(exists("book/book.json"));
}

TEST_F(Terminal, shows_of_a_deal_and_of_its_written_book_the_same_tables) {
  ASSERT_EQ(run("book deal/deal.yaml --out out").code, 0);
  for (const auto& [name, bytes] : snapshot("out/tables")) {
    const std::string table = name.substr(0, name.rfind('.'));
    EXPECT_EQ(run("show " + table + " out --format csv").out, bytes) << table;
    EXPECT_EQ(run("show " + table + " deal/deal.yaml --format csv").out, bytes) << table;
    EXPECT_EQ(run("show " + table + " out --format json").out, run("show " + table + " deal/deal.yaml --format json").out) << table;
  }
  std::filesystem::remove_all(folder_ / "out/tables");
  EXPECT_TRUE(holds(run("show class_summary out").out, "A-1")) << "book.json alone serves too";
}

TEST_F(Terminal, shows_the_rows_and_columns_asked_for) {
  const Outcome shown = run("show dm_tables deal/deal.yaml --where class=A-1 --where scenario=call --columns speed_pct,wal --rows 2 --format csv");
  EXPECT_EQ(shown.out, "speed_pct,wal\n0.00,9.46\n80.00,2.75\n");
  const Outcome bad = run("show dm_tables deal/deal.yaml --where class");
  EXPECT_EQ(bad.code, 2);
  EXPECT_TRUE(holds(bad.err, "--where: error: 'class' is no condition; write COLUMN=VALUE")) << bad.err;
}

TEST_F(Terminal, lists_tables_with_titles_and_sizes_and_suggests_the_near_name) {
  const Outcome list = run("show --list deal/deal.yaml --format csv");
  EXPECT_TRUE(holds(list.out, "table,title,rows,columns\nclass_summary,Classes,7,12\n")) << list.out;
  EXPECT_TRUE(holds(run("show --list --format csv").out, "\ndecrements,"));
  const Outcome near = run("show dm_table deal/deal.yaml");
  EXPECT_EQ(near.code, 2);
  EXPECT_TRUE(holds(near.err, "no table is called dm_table; did you mean dm_tables?")) << near.err;
  EXPECT_TRUE(holds(run("show decrements deal/deal.yaml").err, "this book has no table decrements; known: class_summary,"));
}

TEST_F(Terminal, takes_the_deal_or_the_book_of_the_folder_it_is_in) {
  EXPECT_TRUE(holds(run("show class_summary").err, "neither a deal nor a book is named"));
  std::filesystem::copy(folder_ / "deal", folder_);
  EXPECT_TRUE(holds(run("show class_summary").out, "A-1"));
  EXPECT_TRUE(holds(run("show class_summary deal").err, "the folder holds no book; name the deal in it, deal/deal.yaml"));
  EXPECT_EQ(run("show").code, 2);
}

TEST_F(Terminal, colours_and_cuts_tables_on_a_terminal_only) {
  const std::string bold = "\033[1m";
  EXPECT_FALSE(holds(run("show class_summary deal/deal.yaml").out, bold));
  EXPECT_TRUE(holds(run("show class_summary deal/deal.yaml --color always").out, bold));
  const Outcome seen = run_on_terminal("show class_summary deal/deal.yaml");
  EXPECT_TRUE(holds(seen.out, bold)) << seen.out;
  EXPECT_EQ(lines(seen.out), 1 + 3 * 10 + 2) << "title, three groups of ten lines, what is between them: " << seen.out;
  EXPECT_EQ(lines(run_on_terminal("show class_summary deal/deal.yaml --wide").out), 11u);
  EXPECT_FALSE(holds(run_on_terminal("show class_summary deal/deal.yaml", "TERM=xterm NO_COLOR=1").out, bold));
  EXPECT_TRUE(holds(run_on_terminal("show class_summary deal/deal.yaml", "TERM=xterm NO_COLOR=").out, bold));
  EXPECT_FALSE(holds(run_on_terminal("show class_summary deal/deal.yaml --color never").out, bold));
  EXPECT_FALSE(holds(run_on_terminal("show class_summary deal/deal.yaml", "TERM=dumb").out, bold));
}

TEST_F(Terminal, makes_a_deal_to_start_from_that_runs_at_once) {
  for (const std::string like : {"simple", "sequential", "floater", "arm"}) {
    const Outcome made = run("new new-" + like + " --like " + like);
    ASSERT_EQ(made.code, 0) << made.err;
    EXPECT_TRUE(holds(made.out, "next: cd new-" + like + " && spillway book deal.yaml\n")) << made.out;
    const Outcome check = run("check new-" + like + "/deal.yaml");
    EXPECT_EQ(check.code, 0);
    EXPECT_EQ(check.err, "") << like;
    const std::string cd = "book new-" + like + "/deal.yaml --out new-" + like + "/book --quiet";
    EXPECT_EQ(run(cd).code, 0);
    EXPECT_TRUE(exists("new-" + like + "/book/index.html"));
    EXPECT_EQ(run("run new-" + like + "/deal.yaml --scenario pricing").code, 0);
  }
}

TEST_F(Terminal, never_writes_over_anything_and_refuses_odd_names) {
  const auto before = snapshot("deal");
  const Outcome there = run("new deal");
  EXPECT_EQ(there.code, 2);
  EXPECT_TRUE(holds(there.err, "there is something of that name already")) << there.err;
  EXPECT_EQ(snapshot("deal"), before);
  EXPECT_EQ(run("new deal/tape.csv").code, 2);
  EXPECT_EQ(snapshot("deal"), before);
  for (const char* name : {"'my deal'", "'a:b'", "..", ".", "''", "'a\"b'"}) EXPECT_EQ(run(std::string("new ") + name).code, 2) << name;
  EXPECT_EQ(run("new x --like floter").code, 2);
  std::filesystem::create_directory(folder_ / "empty");
  EXPECT_EQ(run("new empty").code, 0);
  EXPECT_EQ(run("new deals/other/").code, 0);
  EXPECT_TRUE(exists("deals/other/deal.yaml"));
}

TEST_F(Terminal, profiles_a_tape_with_and_without_its_deal) {
  change_loan(7, "gross_rate", "0.0575");
  const Outcome alone = run("tape deal/tape.csv --format csv");
  EXPECT_EQ(alone.code, 0) << alone.err;
  EXPECT_TRUE(holds(alone.out, "percent_as_decimal,Percent written as a decimal,gross_rate,1,0.03,")) << alone.out;
  EXPECT_TRUE(holds(alone.out, "finding,what,columns,loans,loans_pct,balance,balance_pct,pool_wal,pool_wal_change\n"));
  const Outcome deal = run("tape deal/tape.csv --deal deal/deal.yaml --format csv");
  EXPECT_TRUE(holds(deal.out, "pool_wal,pool_wal_change,A-1_wal_change,")) << deal.out << deal.err;
  const Outcome text = run("tape deal/tape.csv --loans 1");
  EXPECT_TRUE(holds(text.out, "8  SYN00007  gross_rate 0.0575: is it 5.75 percent?")) << text.out;
  EXPECT_TRUE(holds(text.out, "as of 2003-12-01"));
  EXPECT_TRUE(holds(text.out, "rate_below_floor (gross_rate, min_rate): 22 more; --all lists them")) << text.out;
  EXPECT_FALSE(holds(run("tape deal/tape.csv --all").out, "more; --all lists them"));
  EXPECT_TRUE(holds(run("tape deal/tape.csv --format json").out, "{\n \"tape\": \"deal/tape.csv\",\n \"tables\": {\n  \"columns\": {"));
}

TEST_F(Terminal, refuses_what_a_profile_cannot_be_made_of) {
  EXPECT_EQ(run("tape deal/tap.csv").code, 2);
  EXPECT_EQ(run("tape deal/deal.yaml").code, 2);
  EXPECT_EQ(run("tape deal/tape.csv --cut-off today").code, 2);
  EXPECT_TRUE(holds(run("tape deal/tape.csv --deal deal/deal.yaml --cut-off 2003-12-01").err, "leave out --products, --mapping and --cut-off"));
  EXPECT_TRUE(holds(run("tape deal/tape.csv --deal deal/deal.yaml --scenario pricin").err, "did you mean pricing?"));
}
