// What the configure step and the scripts say of a checkout that is not in order.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <system_error>

#include "process/child.h"

namespace redflag {
namespace {

namespace fs = std::filesystem;
using testing::AllOf;
using testing::HasSubstr;

const fs::path source = REDFLAG_SOURCE_DIR;

class ConfigureTest : public testing::Test {
 protected:
  ConfigureTest()
      : root_(fs::path(testing::TempDir()) /
              (std::string("configure-") +
               testing::UnitTest::GetInstance()->current_test_info()->name())) {
    fs::remove_all(root_);
    fs::create_directories(root_ / "scripts");
    fs::create_directories(root_ / "scenarios");
    fs::copy(source / "scripts/new-scenario", root_ / "scripts");
    std::ofstream(root_ / "CMakeLists.txt") << "cmake_minimum_required(VERSION 3.25)\n"
                                               "project(fake NONE)\ninclude("
                                            << (source / "cmake/Scenarios.cmake").string()
                                            << ")\nredflag_add_scenarios(${CMAKE_SOURCE_DIR}/"
                                               "scenarios)\n";
  }
  ~ConfigureTest() override {
    std::error_code ignored;
    fs::remove_all(root_, ignored);
  }

  [[nodiscard]] Ended stamp(const std::vector<std::string>& arguments) const {
    Command command;
    command.argv = {(root_ / "scripts/new-scenario").string()};
    command.argv.insert(command.argv.end(), arguments.begin(), arguments.end());
    return run_child(command);
  }

  [[nodiscard]] Ended configure(const fs::path& what, const std::string& path = {}) const {
    Command command;
    command.argv = {find_program("cmake"), "-G", "Ninja", "-S", what, "-B", root_ / "build"};
    if (!path.empty()) command.environment = {{"PATH", path}};
    return run_child(command);
  }

  fs::path root_;
};

TEST_F(ConfigureTest, AScenarioThatLacksAFileIsNamedWithTheFile) {
  ASSERT_EQ(stamp({"my_mistake"}).exit_code, 0);
  for (const std::string file : {"unsafe.cpp", "safe.cpp", "lesson.md"}) {
    fs::rename(root_ / "scenarios/my_mistake" / file, root_ / file);
    const Ended ended = configure(root_);
    EXPECT_EQ(ended.exit_code, 1) << file;
    EXPECT_THAT(ended.err, HasSubstr("scenarios/my_mistake has no " + file));
    fs::rename(root_ / file, root_ / "scenarios/my_mistake" / file);
  }
}

TEST_F(ConfigureTest, AProgramOfNoSideIsNamed) {
  ASSERT_EQ(stamp({"my_mistake"}).exit_code, 0);
  std::ofstream(root_ / "scenarios/my_mistake/other.cpp") << "int main() {}\n";
  const Ended ended = configure(root_);
  EXPECT_EQ(ended.exit_code, 1);
  EXPECT_THAT(ended.err, AllOf(HasSubstr("other.cpp"), HasSubstr("neither unsafe*.cpp nor")));
}

TEST_F(ConfigureTest, AScenarioIsStampedOnceAndUnderAPlainName) {
  for (const std::vector<std::string>& wrong : std::vector<std::vector<std::string>>{
           {}, {""}, {"My_mistake"}, {"my-mistake"}, {"../mistake"}, {"1st"}, {"my", "mistake"}}) {
    const Ended ended = stamp(wrong);
    EXPECT_EQ(ended.exit_code, 2);
    EXPECT_THAT(ended.err, HasSubstr("usage: scripts/new-scenario NAME"));
    EXPECT_TRUE(fs::is_empty(root_ / "scenarios"));
  }
  EXPECT_EQ(stamp({"my_mistake"}).exit_code, 0);
  const Ended again = stamp({"my_mistake"});
  EXPECT_EQ(again.exit_code, 2);
  EXPECT_THAT(again.err, HasSubstr("scenarios/my_mistake is there already"));
}

TEST_F(ConfigureTest, ACompilerThatIsInstalledLaterIsTaken) {
  const fs::path only_ninja = root_ / "bin";
  fs::create_directories(only_ninja);
  fs::create_symlink(find_program("ninja"), only_ninja / "ninja");
  const Ended without = configure(source, only_ninja);
  EXPECT_EQ(without.exit_code, 1);
  EXPECT_THAT(without.err, HasSubstr("CMAKE_CXX_COMPILER"));
  const Ended with = configure(source);
  EXPECT_EQ(with.exit_code, 0) << with.err;
}

}  // namespace
}  // namespace redflag
