#include "process/child.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>  // NOLINT(modernize-deprecated-headers): kill is POSIX
#include <sys/personality.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <optional>
#include <sstream>

#include "process/cpus.h"
#include "process/file_descriptor.h"

namespace redflag {
namespace {

using Clock = std::chrono::steady_clock;
constexpr int watch_interval_ms = 20;
constexpr int most_reads_after_end = 100;  // of 64 KiB; a pipe holds less

struct Pipe {
  FileDescriptor read;
  FileDescriptor write;
};

Pipe make_pipe() {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) return {};
  return {FileDescriptor(ends[0]), FileDescriptor(ends[1])};
}

// Everything that needs memory is made before fork: after it, in a process with several threads,
// only system calls are allowed.
struct Prepared {
  std::string program;
  std::vector<std::string> environment;
  std::vector<char*> argv;
  std::vector<char*> envp;
};

std::vector<std::string> joined_environment(const Command& command) {
  std::vector<std::string> result;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const std::string_view name = std::string_view(*entry).substr(0, std::strcspn(*entry, "="));
    bool replaced = false;
    for (const auto& added : command.environment) replaced |= added.first == name;
    if (!replaced) result.emplace_back(*entry);
  }
  for (const auto& [name, value] : command.environment) result.push_back(name + "=" + value);
  return result;
}

Prepared prepare(const Command& command) {
  Prepared prepared;
  prepared.program = find_program(command.argv.at(0));
  prepared.environment = joined_environment(command);
  for (const auto& text : command.argv) prepared.argv.push_back(const_cast<char*>(text.c_str()));
  for (auto& text : prepared.environment) prepared.envp.push_back(text.data());
  prepared.argv.push_back(nullptr);
  prepared.envp.push_back(nullptr);
  return prepared;
}

[[noreturn]] void fail_in_child(int errors) {
  const int code = errno;
  [[maybe_unused]] const ssize_t written = write(errors, &code, sizeof code);
  _exit(127);
}

[[noreturn]] void become(const Command& command, const Prepared& prepared, int out, int err,
                         int errors) {
  setpgid(0, 0);
  prctl(PR_SET_PDEATHSIG, SIGKILL);  // no child outlives a runner that was killed
  const rlimit no_core = {0, 0};
  setrlimit(RLIMIT_CORE, &no_core);  // a child that crashes is read, not dumped
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, nullptr);
  signal(SIGPIPE, SIG_DFL);
  signal(SIGCHLD, SIG_DFL);
  signal(SIGXFSZ, SIG_DFL);
  const int nothing = open("/dev/null", O_RDONLY | O_CLOEXEC);
  if (dup2(nothing, 0) < 0 || dup2(out, 1) < 0 || dup2(err, 2) < 0) fail_in_child(errors);
  for (const int fd : command.inherited_fds) {
    if (fcntl(fd, F_SETFD, 0) != 0) fail_in_child(errors);
  }
  if (command.cpu) pin_to_cpu(*command.cpu);
  if (command.fixed_addresses) personality(ADDR_NO_RANDOMIZE);
  if (!command.folder.empty() && chdir(command.folder.c_str()) != 0) fail_in_child(errors);
  execve(prepared.program.c_str(), prepared.argv.data(), prepared.envp.data());
  fail_in_child(errors);
}

// Reads what is there. Returns false at the end of the stream.
bool drain(int fd, std::string& into, std::size_t limit, bool& cut) {
  std::array<char, 65536> buffer;
  const ssize_t size = read(fd, buffer.data(), buffer.size());
  if (size < 0) return errno == EAGAIN || errno == EINTR;
  if (size == 0) return false;
  const std::size_t room = limit - std::min(limit, into.size());
  const auto got = static_cast<std::size_t>(size);
  into.append(buffer.data(), std::min(room, got));
  cut |= got > room;
  return true;
}

class Supervised {
 public:
  Supervised(const Command& command, pid_t child, FileDescriptor out, FileDescriptor err)
      : command_(command), child_(child), out_(std::move(out)), err_(std::move(err)) {
    fcntl(out_.get(), F_SETFL, O_NONBLOCK);
    fcntl(err_.get(), F_SETFL, O_NONBLOCK);
  }

  Ended wait(const std::function<Watch(pid_t)>& watch) {
    const auto start = Clock::now();
    auto next_watch = start + std::chrono::milliseconds(watch_interval_ms);
    int status = 0;
    pid_t waited = 0;
    while ((waited = waitpid(child_, &status, WNOHANG)) == 0) {
      wait_for_output();
      if (asked_ && Clock::now() - *asked_ > command_.time_to_end) end_by(SIGKILL);
      if (!watch || ended_.killed || Clock::now() < next_watch) continue;
      const Watch wanted = watch(child_);
      if (wanted == Watch::kill) end_by(SIGKILL);
      if (wanted == Watch::ask_to_end) {
        asked_ = Clock::now();
        end_by(SIGTERM);
      }
      next_watch = Clock::now() + std::chrono::milliseconds(watch_interval_ms);
    }
    const int errno_of_wait = errno;
    // The rest of its group, too, may end itself; zombies have no streams.
    while (asked_ && (out_open_ || err_open_) && kill(-child_, 0) == 0 &&
           Clock::now() - *asked_ < command_.time_to_end)
      wait_for_output();
    kill(-child_, SIGKILL);  // whatever it left behind
    // What is still in the pipes, and no more: a process that left the group may write for ever.
    for (int i = 0; i < most_reads_after_end && drain_both(); ++i) {
    }
    if (waited < 0) {  // somebody else has reaped it
      ended_.start_error = std::string("its end is unknown: ") + std::strerror(errno_of_wait);
      return std::move(ended_);
    }
    if (WIFEXITED(status)) ended_.exit_code = WEXITSTATUS(status);
    if (WIFSIGNALED(status)) ended_.signal = WTERMSIG(status);
    ended_.seconds = std::chrono::duration<double>(Clock::now() - start).count();
    return std::move(ended_);
  }

 private:
  void end_by(int signal) {
    ended_.killed = true;
    kill(-child_, signal);
    kill(child_, signal);  // in case it has not yet made its group
  }

  void wait_for_output() {
    pollfd fds[] = {{out_open_ ? out_.get() : -1, POLLIN, 0},
                    {err_open_ ? err_.get() : -1, POLLIN, 0}};
    // Both streams closed and the child not yet reaped: its end is a moment away, or it has
    // closed them and lives on.
    poll(fds, 2, out_open_ || err_open_ ? watch_interval_ms : 1);
    drain_both();
  }

  // Whether anything came.
  bool drain_both() {
    const std::size_t before = seen_;
    if (out_open_) out_open_ = drain_one(out_, ended_.out);
    if (err_open_) err_open_ = drain_one(err_, ended_.err);
    return seen_ != before;
  }

  bool drain_one(const FileDescriptor& fd, std::string& into) {
    const std::size_t before = into.size();
    bool cut = false;
    const bool open = drain(fd.get(), into, command_.output_limit, cut);
    seen_ += into.size() - before;
    ended_.output_cut |= cut;
    return open;
  }

  const Command& command_;
  pid_t child_;
  std::optional<Clock::time_point> asked_;
  FileDescriptor out_;
  FileDescriptor err_;
  bool out_open_ = true;
  bool err_open_ = true;
  std::size_t seen_ = 0;
  Ended ended_;
};

std::string cannot_start(const std::string& program, int error) {
  return "cannot start " + program + ": " + std::strerror(error);
}

Ended not_started(std::string error) {
  Ended ended;
  ended.start_error = std::move(error);
  return ended;
}

}  // namespace

pid_t start_child(const Command& command, int out, int err, std::string& error) {
  const Prepared prepared = prepare(command);
  if (prepared.program.empty()) {
    error = cannot_start(command.argv[0], ENOENT);
    return -1;
  }
  Pipe errors = make_pipe();
  const pid_t child = errors.write ? fork() : -1;
  if (child < 0) {
    error = cannot_start(prepared.program, errno);
    return -1;
  }
  if (child == 0) become(command, prepared, out, err, errors.write.get());
  errors.write.reset();
  int code = 0;
  if (read(errors.read.get(), &code, sizeof code) != sizeof code) return child;
  waitpid(child, nullptr, 0);
  error = cannot_start(prepared.program, code);
  return -1;
}

Ended run_child(const Command& command, const std::function<Watch(pid_t)>& watch) {
  Pipe out = make_pipe();
  Pipe err = make_pipe();
  if (!out.write || !err.write) return not_started(cannot_start(command.argv[0], errno));
  std::string error;
  const pid_t child = start_child(command, out.write.get(), err.write.get(), error);
  if (child < 0) return not_started(error);
  out.write.reset();
  err.write.reset();
  return Supervised(command, child, std::move(out.read), std::move(err.read)).wait(watch);
}

Ended run_child_for(const Command& command, double seconds) {
  const auto limit = Clock::now() + std::chrono::duration<double>(seconds);
  return run_child(command,
                   [&](pid_t) { return Clock::now() < limit ? Watch::go_on : Watch::kill; });
}

std::string find_program(const std::string& name) {
  if (name.find('/') != std::string::npos) return name;
  const char* path = std::getenv("PATH");
  std::istringstream folders(path != nullptr ? path : "/usr/bin:/bin");
  for (std::string folder; std::getline(folders, folder, ':');) {
    std::string candidate = (folder.empty() ? "." : folder) + "/" + name;
    if (access(candidate.c_str(), X_OK) == 0) return candidate;
  }
  return {};
}

}  // namespace redflag
