#include "process/stacks.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <optional>
#include <system_error>

#include "process/blocked.h"
#include "process/child.h"
#include "process/symbols.h"

namespace redflag {
namespace {

template <typename Each>
void for_each_line(std::string_view text, Each each) {
  while (!text.empty()) {
    const auto end = text.find('\n');
    each(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
}

int number_at(std::string_view text) {
  int number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

// "/src/d.cpp:5:79" or "d.cpp:5" into file, line and column.
void read_place(std::string_view place, Frame& frame) {
  int numbers[2] = {0, 0};
  int found = 0;
  while (found < 2) {
    const auto colon = place.rfind(':');
    if (colon == std::string_view::npos) break;
    const std::string_view tail = place.substr(colon + 1);
    if (tail.empty() || !std::ranges::all_of(tail, [](char c) { return c >= '0' && c <= '9'; }))
      break;
    numbers[found++] = number_at(tail);
    place = place.substr(0, colon);
  }
  frame.file = place;
  frame.line = numbers[found > 0 ? found - 1 : 0];
  frame.column = found == 2 ? numbers[0] : 0;
}

Stack stack_of(int thread) {
  Stack stack;
  stack.role = Role::side;
  stack.thread = "thread " + std::to_string(thread);
  stack.title = "Where " + stack.thread + " waits";
  return stack;
}

// "#5  0x00005589aa30a5d3 stop - /tmp/t/d": the part after the address, without the module.
std::optional<Frame> eu_frame(std::string_view line) {
  if (!line.starts_with('#')) return std::nullopt;
  const auto address = line.find("0x");
  const auto space = address == std::string_view::npos ? address : line.find(' ', address);
  Frame frame;
  if (space == std::string_view::npos) return frame;
  std::from_chars(line.data() + address + 2, line.data() + space, frame.offset, 16);
  std::string_view rest = line.substr(space + 1);
  const auto dash = rest.rfind("- /");
  if (dash != std::string_view::npos) {
    frame.module = rest.substr(dash + 2);
    rest = rest.substr(0, dash);
  }
  while (rest.ends_with(' ')) rest.remove_suffix(1);
  frame.function = rest;
  return frame;
}

// "#6  0x000055… in (anonymous namespace)::Engine::stop (this=0x7f…) at d.cpp:5", where the
// address and "in", or the place, may lack; a place may also be "from /lib/….so".
std::optional<Frame> gdb_frame(std::string_view line) {
  if (!line.starts_with('#')) return std::nullopt;
  line.remove_prefix(std::min(line.find_first_of(' '), line.size()));
  line.remove_prefix(std::min(line.find_first_not_of(' '), line.size()));
  if (line.starts_with("0x")) {
    const auto in = line.find(" in ");
    line = in == std::string_view::npos ? std::string_view() : line.substr(in + 4);
  }
  Frame frame;
  if (const auto at = line.rfind(" at "); at != std::string_view::npos)
    read_place(line.substr(at + 4), frame);
  else if (const auto from = line.rfind(" from "); from != std::string_view::npos)
    frame.module = line.substr(from + 6);
  // The arguments begin at " (", which a name never holds but in "(anonymous namespace)".
  const auto arguments = line.find(" (");
  frame.function = line.substr(0, arguments);
  return frame;
}

bool ignored_thread(const Stack& stack, const std::vector<int>& ignored) {
  return std::ranges::any_of(
      ignored, [&](int id) { return stack.thread == "thread " + std::to_string(id); });
}

// "55d0f000-55d10000 r--p 00000000 fe:00 42   /src/program": where the program was loaded.
std::uint64_t load_address(pid_t process, const std::string& program) {
  std::ifstream in("/proc/" + std::to_string(process) + "/maps");
  for (std::string line; std::getline(in, line);) {
    if (line.ends_with(program)) return std::stoull(line, nullptr, 16);
  }
  return 0;
}

// Names the program's own frames again: eu-stack does not see Clang's inlined functions. An outer
// frame's address is that after its call; one before it lies in the call's own line.
void name_frames(pid_t process, std::vector<Stack>& stacks) {
  std::error_code error;
  const std::string program =
      std::filesystem::read_symlink("/proc/" + std::to_string(process) + "/exe", error);
  const std::uint64_t base = load_address(process, program);
  for (Stack& stack : stacks) {
    std::vector<Frame> named;
    for (Frame& frame : stack.frames) {
      const std::uint64_t address = frame.offset;
      frame.offset = 0;  // an address differs from run to run and says nothing to a reader
      if (frame.module != program || address <= base) {
        named.push_back(std::move(frame));
        continue;
      }
      const bool innermost = named.empty();
      const auto inlined = symbolize(program, {address - base - (innermost ? 0 : 1)});
      named.insert(named.end(), inlined.begin(), inlined.end());
    }
    stack.frames = std::move(named);
  }
}

}  // namespace

std::vector<Stack> parse_eu_stack(std::string_view text) {
  std::vector<Stack> stacks;
  for_each_line(text, [&](std::string_view line) {
    if (line.starts_with("TID ")) {  // "TID 15914:"
      stacks.push_back(stack_of(number_at(line.substr(4))));
    } else if (auto frame = eu_frame(line); frame && !stacks.empty()) {
      stacks.back().frames.push_back(std::move(*frame));
    } else if (line.starts_with("    ") && !stacks.empty() && !stacks.back().frames.empty()) {
      read_place(line.substr(4), stacks.back().frames.back());  // "    /src/d.cpp:5:79"
    }
  });
  return stacks;
}

std::vector<Stack> parse_gdb_stacks(std::string_view text) {
  std::vector<Stack> stacks;
  for_each_line(text, [&](std::string_view line) {
    if (line.starts_with("Thread ")) {  // "Thread 2 (Thread 0x7f… (LWP 15916) "d"):"
      const auto lwp = line.find("(LWP ");
      if (lwp != std::string_view::npos)
        stacks.push_back(stack_of(number_at(line.substr(lwp + 5))));
    } else if (auto frame = gdb_frame(line); frame && !stacks.empty()) {
      stacks.back().frames.push_back(std::move(*frame));
    }
  });
  return stacks;
}

ThreadStacks thread_stacks(pid_t process, const std::vector<int>& ignored) {
  const std::string id = std::to_string(process);
  ThreadStacks result;
  const auto read_with = [&](const char* tool, std::vector<std::string> argv, auto parse) {
    if (find_program(tool).empty()) return false;
    Command command;
    command.argv = std::move(argv);
    command.environment = {{"DEBUGINFOD_URLS", ""}};  // no look-up in the network
    result.text = run_child_for(command, 20).out;
    result.stacks = parse(result.text);
    result.tool = tool;
    std::erase_if(result.stacks, [&](const Stack& s) { return ignored_thread(s, ignored); });
    return !result.stacks.empty();
  };
  if (read_with("eu-stack", {"eu-stack", "-m", "-p", id}, parse_eu_stack)) {
    name_frames(process, result.stacks);
    return result;
  }
  if (read_with("gdb", {"gdb", "-nx", "-batch", "-p", id, "-ex", "thread apply all bt 64"},
                parse_gdb_stacks))
    return result;
  result = {"/proc", {}, {}};
  for (const auto& line : thread_states(process)) result.text += line + "\n";
  return result;
}

bool looks_up_names(const ThreadStacks& seen) {
  return std::ranges::any_of(seen.stacks, [](const Stack& stack) {
    return std::ranges::any_of(stack.frames, [](const Frame& frame) {
      return frame.function.find("Symbolizer") != std::string::npos;
    });
  });
}

}  // namespace redflag
