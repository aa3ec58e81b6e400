#include "spillway/io/files.h"

#include <gtest/gtest.h>

#include "issue_lines.h"

namespace fs = std::filesystem;
using namespace spillway;

namespace {

class Files : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::path{testing::TempDir()} / ("spillway_files_" + std::string{testing::UnitTest::GetInstance()
                                                                                  ->current_test_info()->name()});
    fs::remove_all(folder_);
    fs::create_directories(folder_);
  }
  void TearDown() override { fs::remove_all(folder_); }

  std::size_t entries() const {
    return static_cast<std::size_t>(std::distance(fs::recursive_directory_iterator{folder_}, {}));
  }

  fs::path folder_;
};

}  // namespace

TEST_F(Files, reads_back_every_byte_it_wrote_and_makes_folders) {
  const std::string bytes{"a\0\r\n\xFF", 5};
  EXPECT_TRUE(io::write_files(folder_ / "out", {{"a.bin", bytes}, {"deep/er/b.txt", ""}}).empty());
  EXPECT_EQ(*io::read_file(folder_ / "out/a.bin"), bytes);
  EXPECT_EQ(*io::read_file(folder_ / "out/deep/er/b.txt"), "");
  EXPECT_EQ(entries(), 5u) << "nothing is left beside the files";
}

TEST_F(Files, replaces_old_files_and_leaves_no_copies) {
  ASSERT_TRUE(io::write_files(folder_, {{"a", "old"}}).empty());
  ASSERT_TRUE(io::write_files(folder_, {{"a", "new"}}).empty());
  EXPECT_EQ(*io::read_file(folder_ / "a"), "new");
  EXPECT_EQ(entries(), 1u);
}

TEST_F(Files, keeps_the_old_files_when_a_folder_stands_where_a_file_should) {
  ASSERT_TRUE(io::write_files(folder_, {{"a", "old"}}).empty());
  fs::create_directory(folder_ / "b");
  EXPECT_EQ(lines(io::write_files(folder_, {{"a", "new"}, {"b", "new"}})),
            (Lines{(folder_ / "b").string() + ": error: cannot write the file: a folder of that name is in the way"}));
  EXPECT_EQ(*io::read_file(folder_ / "a"), "old");
  EXPECT_EQ(entries(), 2u);
}

TEST_F(Files, keeps_the_old_files_when_a_later_one_cannot_be_written) {
  ASSERT_TRUE(io::write_files(folder_, {{"a", "old"}, {"plain", "a file, not a folder"}}).empty());
  EXPECT_EQ(io::write_files(folder_, {{"a", "new"}, {"fresh/c", "new"}, {"plain/b", "new"}}).size(), 1u);
  EXPECT_EQ(*io::read_file(folder_ / "a"), "old");
  EXPECT_EQ(entries(), 2u) << "the new folder and the files written aside are taken away again";
}

TEST_F(Files, refuses_names_outside_the_folder_and_names_used_twice) {
  EXPECT_EQ(io::write_files(folder_, {{"../a", ""}}).size(), 1u);
  EXPECT_EQ(io::write_files(folder_, {{"/tmp/a", ""}}).size(), 1u);
  EXPECT_EQ(io::write_files(folder_, {{"a", ""}, {"x/../a", ""}}).size(), 1u);
  EXPECT_EQ(entries(), 0u);
}

TEST_F(Files, suggests_the_near_name_of_a_missing_file) {
  ASSERT_TRUE(io::write_files(folder_, {{"tape.csv", "x"}}).empty());
  const auto read = io::read_file(folder_ / "tap.csv");
  EXPECT_FALSE(read.ok());
  EXPECT_EQ(lines(read.issues),
            (Lines{(folder_ / "tap.csv").string() + ": error: no such file; did you mean tape.csv?"}));
  EXPECT_EQ(io::read_file(folder_ / "none" / "x").issues.front().remedy,
            "there is no folder " + (folder_ / "none").string());
  EXPECT_EQ(io::read_file(folder_).issues.front().what, "this is a folder, not a file");
}
