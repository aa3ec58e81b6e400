// Completion in the shells themselves, and manual pages against the parser's own help.

#include <regex>
#include <set>

#include "workspace.h"

namespace {

class Completion : public Workspace {
 protected:
  // Runs a line of shell with the command first on the path.
  Outcome shell(const std::string& line) const {
    const std::filesystem::path command(SPILLWAY_COMMAND);
    const std::string all = "cd '" + folder_.string() + "' && PATH='" + command.parent_path().string() + "':$PATH && " + line + " >stdout 2>stderr";
    const int status = std::system(all.c_str());
    return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, read(folder_ / "stdout"), read(folder_ / "stderr")};
  }

  // What bash offers for the last of the words.
  std::set<std::string> offered(const std::string& words) const {
    std::ofstream{folder_ / "offer.bash"} << "source <(spillway completion bash)\nCOMP_WORDS=(" << words
                                          << ")\nCOMP_CWORD=$((${#COMP_WORDS[@]} - 1))\n_spillway\nprintf '%s\\n' \"${COMPREPLY[@]}\"\n";
    const Outcome made = shell("bash offer.bash");
    EXPECT_EQ(made.err, "");
    std::istringstream lines{made.out};
    std::set<std::string> all;
    for (std::string line; std::getline(lines, line);) all.insert(line);
    return all;
  }

  std::vector<std::string> commands() const {
    std::vector<std::string> names;
    for (const std::string& name : offered("spillway ''")) {
      if (!name.starts_with("-")) names.push_back(name);
    }
    return names;
  }

  // The options that a command's help lists.
  std::set<std::string> options_of(const std::string& command) const {
    const std::string help = run(command + " --help").out;
    std::set<std::string> names;
    const std::regex name("--[a-z][a-z-]*");
    std::istringstream lines{help};
    for (std::string line; std::getline(lines, line);) {
      if (!line.starts_with("  -")) continue;
      const std::string declared = line.substr(0, line.find("  ", 3));
      for (std::sregex_iterator at(declared.begin(), declared.end(), name), end; at != end; ++at) names.insert(at->str());
    }
    EXPECT_GE(names.size(), 1u) << help;
    return names;
  }

  bool has(const char* program) const { return shell(std::string("command -v ") + program).code == 0; }
};

using Words = std::set<std::string>;

}  // namespace

TEST_F(Completion, offers_commands_options_and_the_words_an_option_takes) {
  const auto names = commands();
  EXPECT_GE(names.size(), 12u);
  EXPECT_EQ(offered("spillway boo"), Words{"book"});
  EXPECT_EQ(offered("spillway price deal.yaml --to ''"), (Words{"call", "maturity"}));
  EXPECT_EQ(offered("spillway price deal.yaml --to c"), Words{"call"});
  EXPECT_EQ(offered("spillway book deal.yaml --format html,j"), Words{"html,json"});
  EXPECT_EQ(offered("spillway new x --like = f"), Words{"floater"});
  EXPECT_EQ(offered("spillway completion ''"), (Words{"bash", "zsh"}));
}

TEST_F(Completion, offers_every_option_of_every_command) {
  for (const std::string& command : commands()) {
    const Words here = offered("spillway " + command + " --");
    for (const std::string& option : options_of(command)) EXPECT_TRUE(here.count(option)) << command << " " << option;
  }
}

TEST_F(Completion, offers_tables_and_then_files) {
  EXPECT_EQ(offered("spillway show cl"), Words{"class_summary"});
  EXPECT_EQ(offered("spillway show class_summary deal/de"), (Words{"deal/deal.yaml", "deal/derivatives.csv"}));
  EXPECT_EQ(offered("spillway show --rows 3 cl"), Words{"class_summary"}) << "the word after --rows is no table";
  EXPECT_EQ(offered("spillway check deal/deal.y"), Words{"deal/deal.yaml"});
  EXPECT_EQ(offered("spillway check --strict deal/deal.y"), Words{"deal/deal.yaml"}) << "a flag takes no word";
}

TEST_F(Completion, offers_what_the_deal_on_the_line_names) {
  EXPECT_EQ(offered("spillway run deal/deal.yaml --scenario a"), (Words{"available_rate", "available_rate_shock"}));
  EXPECT_EQ(offered("spillway run deal/deal.yaml --scenario = c"), Words{"credit"});
  EXPECT_EQ(offered("spillway run --scenario c deal/deal.yaml ''"), Words{""}) << "deal is given";
  EXPECT_EQ(offered("spillway price deal/deal.yaml --class M-"), (Words{"M-1", "M-2", "M-3", "M-4"}));
  EXPECT_EQ(offered("spillway price deal/deal.yaml --class A-1,A"), (Words{"A-1,A-1", "A-1,A-2"}));
  EXPECT_EQ(offered("spillway solve deal/deal.yaml --class A"), (Words{"A-1", "A-2"}));
  EXPECT_EQ(offered("spillway run deal/deal.yaml --scenario pricing --speed 1"), (Words{"100", "150", "180"}));
  EXPECT_EQ(offered("spillway run deal/deal.yaml --scenario credit --speed ''"), Words{"100"});
  EXPECT_EQ(offered("spillway run no.yaml --scenario ''"), Words{""});
  EXPECT_EQ(offered("spillway tape deal/tape.csv --deal deal/deal.yaml --scenario p"), Words{"pricing"});
}

TEST_F(Completion, offers_explain_paths_part_by_part) {
  EXPECT_EQ(offered("spillway explain deal/deal.yaml dm"), Words{"dm_tables/"});
  EXPECT_EQ(offered("spillway explain deal/deal.yaml dm_tables/M-1/"), (Words{"dm_tables/M-1/call/", "dm_tables/M-1/maturity/"}));
  EXPECT_EQ(offered("spillway explain deal/deal.yaml dm_tables/M-1/call/100.00/w"), Words{"dm_tables/M-1/call/100.00/wal"});
  EXPECT_EQ(offered("spillway explain deal/deal.yaml nothing"), Words{""});
}

TEST_F(Completion, lists_names_of_what_can_be_read) {
  EXPECT_EQ(run("names scenarios deal/deal.yaml avail").out, "available_rate\navailable_rate_shock\n");
  EXPECT_EQ(run("names classes no.yaml").code, 2);
  EXPECT_EQ(run("names kinds deal/deal.yaml").code, 2);
  std::ofstream{folder_ / "half.yaml"} << "classes: {A: {}, defaults: {}}\ncombinations: {AB: {}}\nscenarios: circle.yaml\n";
  std::ofstream{folder_ / "circle.yaml"} << "scenarios:\n  one: {like: two}\n  two: {like: one}\n  three: {speeds: [12.5%]}\n";
  EXPECT_EQ(run("names classes half.yaml").out, "A\nAB\n");
  EXPECT_EQ(run("names speeds half.yaml").out, "100\n12.5\n");
}

TEST_F(Completion, expands_nothing_that_a_deal_names) {
  std::ofstream{folder_ / "odd.yaml"} << "classes:\n  \"$(touch made) `touch made`\": {}\n  'b c': {}\n";
  EXPECT_EQ(offered("spillway price odd.yaml --class ''"), (Words{"\\$\\(touch\\ made\\)\\ \\`touch\\ made\\`", "b\\ c"}));
  EXPECT_FALSE(std::filesystem::exists(folder_ / "made"));
}

TEST_F(Completion, gives_zsh_every_option_in_a_script_it_can_read) {
  const std::string script = run("completion zsh").out;
  EXPECT_TRUE(script.starts_with("#compdef spillway\n"));
  for (const std::string& command : commands()) {
    const std::size_t begin = script.find("\n    " + command + ")\n");
    ASSERT_NE(begin, std::string::npos) << command;
    const std::string part = script.substr(begin, script.find(";;", begin) - begin);
    for (const std::string& option : options_of(command)) EXPECT_NE(part.find(option + "["), std::string::npos) << command << " " << option;
  }
  if (!has("zsh")) GTEST_SKIP() << "zsh is not installed";
  std::ofstream{folder_ / "_spillway"} << script;
  EXPECT_EQ(shell("zsh -n _spillway").code, 0);
  // In a terminal of its own, zsh types on by itself; a command says what was typed in place of running.
  std::ofstream{folder_ / "type.zsh"} << "zmodload zsh/zpty\nzpty z zsh -f -i\n"
      "zpty -w z 'spillway() { if [[ $1 = names ]]; then command spillway \"$@\"; else print -r -- \"ty''ped: $* END\"; fi }'\n"
      "zpty -w z 'fpath=(. $fpath); autoload -U compinit; compinit -u -D; source ./_spillway; PS1=; print re''ady'\n"
      "zpty -r z out '*ready*'\n"
      "type() { zpty -n -w z $1; zpty -r -m z out '*typed: * END*'; print -r -- ${out##*typed: } }\n"
      "type $'spillway new x --like seq\\t\\n'\n"
      "type $'spillway run deal/deal.yaml --scenario pri\\t--speed 8\\t\\n'\n"
      "type $'spillway price deal/deal.yaml --class A-1,M-1,M-2,M-3,M-4,A\\t\\n'\n"
      "type $'spillway explain deal/deal.yaml dm\\tM-4/m\\t100.00/wa\\t\\n'\nzpty -d z\n";
  const std::string typed = shell("timeout 60 zsh -f type.zsh").out;
  for (const char* line : {"new x --like sequential END", "run deal/deal.yaml --scenario pricing --speed 80 END",
                           "price deal/deal.yaml --class A-1,M-1,M-2,M-3,M-4,A-2 END", "explain deal/deal.yaml dm_tables/M-4/maturity/100.00/wal END"}) {
    EXPECT_NE(typed.find(line), std::string::npos) << line << " in " << typed;
  }
}

TEST_F(Completion, has_every_option_of_every_command_in_its_manual_page) {
  ASSERT_EQ(run("man --out pages").code, 0);
  const auto names = commands();
  EXPECT_EQ(snapshot("pages").size(), names.size() + 1);
  for (const std::string& command : names) {
    const std::string page = read(folder_ / ("pages/spillway-" + command + ".1"));
    EXPECT_EQ(page, run("man " + command).out);
    for (const std::string& option : options_of(command)) {
      EXPECT_NE(page.find("\\fB" + std::regex_replace(option, std::regex("-"), "\\-") + "\\fR"), std::string::npos) << command << " " << option;
    }
    EXPECT_NE(page.find(".SH EXAMPLES\n.PP\n.RS 4\n.nf\n"), std::string::npos) << command;
    EXPECT_NE(read(folder_ / "pages/spillway.1").find("\\fB" + command + "\\fR"), std::string::npos) << command;
  }
  EXPECT_EQ(run("man").out, read(folder_ / "pages/spillway.1"));
  EXPECT_NE(run("man boo").err.find("did you mean book?"), std::string::npos);
}

TEST_F(Completion, writes_manual_pages_that_formatters_take_without_a_warning) {
  ASSERT_EQ(run("man --out pages").code, 0);
  if (!has("groff") && !has("mandoc")) GTEST_SKIP() << "neither groff nor mandoc is installed";
  for (const auto& [name, page] : snapshot("pages")) {
    if (has("groff")) { EXPECT_EQ(shell("groff -man -Tutf8 -ww -z pages/" + name).err, "") << name; }
    if (has("mandoc")) { EXPECT_EQ(shell("mandoc -Tlint -W warning pages/" + name).out, "") << name; }
  }
}
