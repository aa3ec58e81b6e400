#pragma once
// A folder with a copy of the example deal, to change and to run the spillway command in.

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <string>

struct Outcome {
  int code = -1;
  std::string out;
  std::string err;
};

class Workspace : public testing::Test {
 protected:
  void SetUp() override {
    const std::string test = testing::UnitTest::GetInstance()->current_test_info()->name();
    folder_ = std::filesystem::path{testing::TempDir()} / ("spillway_" + test + "_" + std::to_string(getpid()));
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_ / "deal");
    for (const char* file : {"deal.yaml", "scenarios.yaml", "document.yaml", "tape.csv", "curves.csv", "quotes.csv", "paths.csv",
                             "derivatives.csv"}) {
      std::filesystem::copy(std::filesystem::path{SPILLWAY_SOURCE_DIR} / "examples/impac-2003-12" / file, folder_ / "deal");
    }
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  std::filesystem::path file(const std::string& name) const { return folder_ / "deal" / name; }

  std::string text(const std::string& name) const { return read(file(name)); }

  static std::string read(const std::filesystem::path& path) {
    std::ostringstream bytes;
    bytes << std::ifstream{path, std::ios::binary}.rdbuf();
    return std::move(bytes).str();
  }

  void write(const std::string& name, const std::string& bytes) const {
    std::ofstream{file(name), std::ios::binary | std::ios::trunc} << bytes;
  }

  // Replaces the first `from`, which must be there.
  void change(const std::string& name, const std::string& from, const std::string& to) const {
    std::string bytes = text(name);
    const std::size_t at = bytes.find(from);
    ASSERT_NE(at, std::string::npos) << from << " is not in " << name;
    write(name, bytes.replace(at, from.size(), to));
  }

  // The field of a tape's line (1: the first loan) under the column.
  void change_loan(std::size_t loan, const std::string& column, const std::string& value) const {
    std::istringstream lines{text("tape.csv")};
    std::string line, changed;
    std::size_t position = 0;
    for (std::size_t number = 0; std::getline(lines, line); ++number) {
      if (number == 0) position = field_of(line, column);
      if (number == loan) {
        std::size_t begin = 0;
        for (std::size_t i = 0; i < position; ++i) begin = line.find(',', begin) + 1;
        line.replace(begin, line.find(',', begin) - begin, value);
      }
      changed += line + '\n';
    }
    write("tape.csv", changed);
  }

  // Runs `spillway ARGUMENTS` inside the folder.
  Outcome run(const std::string& arguments) const {
    const std::string line = "cd '" + folder_.string() + "' && '" SPILLWAY_COMMAND "' " + arguments + " >stdout 2>stderr";
    const int status = std::system(line.c_str());
    return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, read(folder_ / "stdout"), read(folder_ / "stderr")};
  }

  // Every file under `folder`, with its bytes.
  std::map<std::string, std::string> snapshot(const std::string& folder) const {
    std::map<std::string, std::string> files;
    for (const auto& entry : std::filesystem::recursive_directory_iterator{folder_ / folder}) {
      if (entry.is_regular_file()) files[std::filesystem::relative(entry.path(), folder_ / folder)] = read(entry.path());
    }
    return files;
  }

  bool exists(const std::string& name) const { return std::filesystem::exists(folder_ / name); }

  std::filesystem::path folder_;

 private:
  static std::size_t field_of(const std::string& header, const std::string& column) {
    std::istringstream names{header};
    std::string name;
    for (std::size_t position = 0; std::getline(names, name, ','); ++position) {
      if (name == column) return position;
    }
    ADD_FAILURE() << "the tape has no column " << column;
    return 0;
  }
};
