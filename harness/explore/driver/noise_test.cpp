#include "explore/driver/noise.h"

#include <gtest/gtest.h>

#include "explore/driver/test_programs.h"

namespace redflag {
namespace {

TEST(Noise, IsMadeWhereTheProgramSynchronises) {
  const Target target = explored_program("mutex_ok");
  const Noise noise(7);
  Command command;
  command.argv = {target.program.string()};
  command.fixed_addresses = true;  // an older ThreadSanitizer wants it
  noise.add_to(command, target);
  const Ended ended = run_child_for(command, 60);
  EXPECT_EQ(ended.exit_code, 0) << ended.start_error << ended.err;
  EXPECT_GT(noise.points(), 0U);
}

}  // namespace
}  // namespace redflag
