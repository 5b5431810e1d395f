#include "reports/write.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <gsl/util>
#include <iterator>

#include "model/json.h"
#include "reports/sample_campaign.h"

namespace redflag {
namespace {

namespace fs = std::filesystem;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;

class WriteFile : public testing::Test {
 protected:
  WriteFile() {
    std::string name = (fs::temp_directory_path() / "redflag-write-XXXXXX").string();
    folder = ::mkdtemp(name.data());
  }
  ~WriteFile() override { fs::remove_all(folder); }

  static std::string content(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }

  [[nodiscard]] std::vector<std::string> names() const {
    std::vector<std::string> found;
    for (const auto& entry : fs::directory_iterator(folder))
      found.push_back(entry.path().filename().string());
    std::ranges::sort(found);
    return found;
  }

  static std::string error_of(const fs::path& file, std::string_view text) {
    try {
      write_file(file, text);
    } catch (const WriteError& error) {
      EXPECT_EQ(error.file(), file);
      return error.what();
    }
    return "no error";
  }

  fs::path folder;
};

TEST_F(WriteFile, WritesEveryByteAndLeavesNothingBeside) {
  std::string text("a\0b\n", 4);
  text.append(300'000, 'x');
  write_file(folder / "a.txt", text);
  EXPECT_EQ(content(folder / "a.txt"), text);
  write_file(folder / "a.txt", "");
  EXPECT_EQ(content(folder / "a.txt"), "");
  EXPECT_THAT(names(), ElementsAre("a.txt"));
}

TEST_F(WriteFile, OthersMayReadIt) {
  write_file(folder / "a.txt", "a");
  const mode_t mask = ::umask(0);
  ::umask(mask);
  EXPECT_EQ(static_cast<unsigned>(fs::status(folder / "a.txt").permissions()), 0666U & ~mask);
}

TEST_F(WriteFile, AReaderKeepsTheOldFileWhileANewOneTakesItsName) {
  write_file(folder / "a.txt", "old");
  std::ifstream reader(folder / "a.txt");
  write_file(folder / "a.txt", "new");
  std::string seen;
  reader >> seen;
  EXPECT_EQ(seen, "old");
  EXPECT_EQ(content(folder / "a.txt"), "new");
}

TEST_F(WriteFile, SaysThatTheFolderIsMissing) {
  const fs::path missing = folder / "none" / "a.txt";
  EXPECT_THAT(error_of(missing, "x"),
              AllOf(HasSubstr("cannot write " + missing.string() + ": No such file"),
                    HasSubstr("make the folder " + missing.parent_path().string())));
}

// Permissions do not stop root, so a path under a regular file stands in for a closed folder.
TEST_F(WriteFile, SaysThatTheFolderIsAFileAndLeavesThatFileAlone) {
  write_file(folder / "file", "kept");
  EXPECT_THAT(error_of(folder / "file" / "a.txt", "x"), HasSubstr("is not a folder"));
  EXPECT_EQ(content(folder / "file"), "kept");
  EXPECT_THAT(names(), ElementsAre("file"));
}

TEST_F(WriteFile, SaysThatTheNameIsAFolderAndLeavesNoTemporary) {
  fs::create_directory(folder / "a.txt");
  EXPECT_THAT(error_of(folder / "a.txt", "x"), HasSubstr("is a folder; choose another name"));
  EXPECT_THAT(names(), ElementsAre("a.txt"));
}

// A limit on file sizes stands in for a full disk: both stop a write half-way.
TEST_F(WriteFile, OnAFullDiskTheOldFileStaysAndNoTemporary) {
  write_file(folder / "a.txt", "old");
  rlimit before{};
  ASSERT_EQ(::getrlimit(RLIMIT_FSIZE, &before), 0);
  const auto handler = std::signal(SIGXFSZ, SIG_IGN);
  std::string error;
  {
    const rlimit small{4096, before.rlim_max};
    ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &small), 0);
    auto restore = gsl::finally([&] {
      ::setrlimit(RLIMIT_FSIZE, &before);
      std::signal(SIGXFSZ, handler);
    });
    error = error_of(folder / "a.txt", std::string(100'000, 'n'));
  }
  EXPECT_THAT(error, AllOf(HasSubstr("File too large"), HasSubstr("ulimit -f")));
  EXPECT_EQ(content(folder / "a.txt"), "old");
  EXPECT_THAT(names(), ElementsAre("a.txt"));
}

TEST_F(WriteFile, ResultsCanBeReadBack) {
  const Campaign campaign = reports::sample_campaign();
  write_results(campaign, folder);
  EXPECT_EQ(campaign_from_json(content(folder / "results.json")), campaign);
  EXPECT_THAT(names(), ElementsAre("results.json"));
}

TEST_F(WriteFile, ReportsAreWhatTheWritersReturn) {
  const Campaign campaign = reports::sample_campaign();
  write_reports(campaign, folder);
  EXPECT_THAT(names(), ElementsAre("junit.xml", "report.html", "report.md"));
  EXPECT_EQ(content(folder / "report.html"), html(campaign));
  EXPECT_EQ(content(folder / "report.md"), markdown(campaign));
  EXPECT_EQ(content(folder / "junit.xml"), junit(campaign));
}

}  // namespace
}  // namespace redflag
