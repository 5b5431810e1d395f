#include "explore/driver/target.h"

#include <gtest/gtest.h>

#include <string>

#include "explore/driver/test_programs.h"

namespace redflag {
namespace {

TEST(Target, SaysWhyAProgramCannotBeExplored) {
  const auto why = [](const std::string& name) -> std::string {
    try {
      explored_program(name);
      return "it can";
    } catch (const CannotExplore& error) {
      return error.what();
    }
  };
  EXPECT_NE(why("no_such_program").find("there is no program"), std::string::npos);
  EXPECT_NE(why("static").find("statically linked"), std::string::npos);
  EXPECT_FALSE(explored_program("plain").instrumented);
  EXPECT_TRUE(explored_program("mutex_ok").instrumented);
}

}  // namespace
}  // namespace redflag
