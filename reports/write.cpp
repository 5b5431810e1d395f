#include "reports/write.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <gsl/util>

#include "model/json.h"

namespace redflag {
namespace {

namespace fs = std::filesystem;

fs::path folder_of(const fs::path& file) {
  return file.has_parent_path() ? file.parent_path() : fs::path(".");
}

std::string advice(const fs::path& file, int error) {
  const std::string folder = folder_of(file).string();
  switch (error) {
    case ENOENT:
      return fmt::format("make the folder {} first", folder);
    case ENOTDIR:
      return fmt::format("{} is not a folder; choose another", folder);
    case EISDIR:
      return fmt::format("{} is a folder; choose another name", file.string());
    case EACCES:
    case EPERM:
    case EROFS:
      return fmt::format("make {} writable or choose another folder", folder);
    case ENOSPC:
      return fmt::format("free space in {} and run the same command again", folder);
    case EDQUOT:
      return "free some of your disk quota and run the same command again";
    case EFBIG:
      return "raise the limit on file sizes (ulimit -f) and run the same command again";
    default:
      return fmt::format("look at {}", folder);
  }
}

[[noreturn]] void fail(const fs::path& file, int error) {
  throw WriteError(file, std::error_code(error, std::system_category()));
}

struct Temporary {
  fs::path path;
  int descriptor;
};

/// A new file in the folder of `file`, because a rename is atomic only within one file system.
Temporary open_beside(const fs::path& file) {
  static std::atomic<unsigned> counter = 0;
  while (true) {
    fs::path path = folder_of(file) / fmt::format(".{}.{}.{}", file.filename().string(), ::getpid(),
                                                  counter.fetch_add(1));
    const int descriptor = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (descriptor >= 0) return {std::move(path), descriptor};
    if (errno != EEXIST && errno != EINTR) fail(file, errno);
  }
}

/// 0 or the error. The text must be on the disk before the rename is, hence the fsync.
int write_all(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(descriptor, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return errno;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return ::fsync(descriptor) == 0 ? 0 : errno;
}

/// Makes the rename itself last. The file is whole whether or not this works, so it cannot fail.
void sync_folder(const fs::path& folder) {
  const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return;
  ::fsync(descriptor);
  ::close(descriptor);
}

}  // namespace

WriteError::WriteError(const fs::path& file, std::error_code code)
    : std::runtime_error(fmt::format("cannot write {}: {}: {}", file.string(), code.message(),
                                     advice(file, code.value()))),
      file_(file),
      code_(code) {}

void write_file(const fs::path& file, std::string_view text) {
  const Temporary temporary = open_beside(file);
  auto remove = gsl::finally([&] { ::unlink(temporary.path.c_str()); });
  int error = write_all(temporary.descriptor, text);
  if (::close(temporary.descriptor) != 0 && error == 0 && errno != EINTR) error = errno;
  if (error != 0) fail(file, error);
  if (::rename(temporary.path.c_str(), file.c_str()) != 0) fail(file, errno);
  sync_folder(folder_of(file));
}

void write_results(const Campaign& campaign, const fs::path& folder) {
  write_file(folder / "results.json", to_json(campaign));
}

void write_reports(const Campaign& campaign, const fs::path& folder) {
  write_file(folder / "report.html", html(campaign));
  write_file(folder / "report.md", markdown(campaign));
  write_file(folder / "junit.xml", junit(campaign));
}

}  // namespace redflag
