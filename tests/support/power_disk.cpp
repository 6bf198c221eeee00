#include "support/power_disk.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <set>

namespace fleetmeter::test {

namespace {

constexpr std::size_t kShmRegion = 32768;  // as large as SQLite ever asks for

}  // namespace

/// A file that somebody has open.
struct PowerDisk::Node {
  std::string name;       // empty: a temporary file
  std::string temporary;  // the bytes of one

  struct Handle;
  std::set<Handle*> handles;
  std::vector<std::unique_ptr<std::array<char, kShmRegion>>> shared_memory;
};

struct PowerDisk::Node::Handle : sqlite3_file {
  PowerDisk* disk = nullptr;
  std::shared_ptr<Node> node;
  int lock = SQLITE_LOCK_NONE;
  unsigned shm_shared = 0;
  unsigned shm_exclusive = 0;
};

/// What SQLite calls.
struct PowerDisk::Vfs : sqlite3_vfs {
  using Handle = Node::Handle;

  static Handle& of(sqlite3_file* file) { return *static_cast<Handle*>(file); }
  static PowerDisk& of(sqlite3_vfs* vfs) { return *static_cast<PowerDisk*>(vfs->pAppData); }

  static const std::string& bytes_of(Handle& handle) {
    static const std::string gone;
    const Node& node = *handle.node;
    const std::string* const bytes =
        node.name.empty() ? &node.temporary : handle.disk->files_.find(node.name);
    return bytes == nullptr ? gone : *bytes;
  }

  static int close(sqlite3_file* file) {
    Handle& handle = of(file);
    shm_unmap(file, 0);
    handle.node->handles.erase(&handle);
    handle.~Handle();
    return SQLITE_OK;
  }
  static int read(sqlite3_file* file, void* out, int size, sqlite3_int64 offset) {
    const std::string& bytes = bytes_of(of(file));
    const auto at = static_cast<std::size_t>(offset);
    const auto wanted = static_cast<std::size_t>(size);
    const std::size_t there = at < bytes.size() ? std::min(wanted, bytes.size() - at) : 0;
    std::memcpy(out, bytes.data() + std::min(at, bytes.size()), there);
    std::memset(static_cast<char*>(out) + there, 0, wanted - there);
    return there == wanted ? SQLITE_OK : SQLITE_IOERR_SHORT_READ;
  }
  static int write(sqlite3_file* file, const void* from, int size, sqlite3_int64 offset) {
    Handle& handle = of(file);
    const auto at = static_cast<std::size_t>(offset);
    std::string bytes(static_cast<const char*>(from), static_cast<std::size_t>(size));
    if (!handle.node->name.empty()) {
      return handle.disk->perform(
          {DiskOperation::Kind::write, handle.node->name, at, std::move(bytes), false});
    }
    std::string& temporary = handle.node->temporary;
    temporary.resize(std::max(temporary.size(), at + bytes.size()));
    temporary.replace(at, bytes.size(), bytes);
    return SQLITE_OK;
  }
  static int truncate(sqlite3_file* file, sqlite3_int64 size) {
    Handle& handle = of(file);
    const auto wanted = static_cast<std::size_t>(size);
    if (!handle.node->name.empty()) {
      return handle.disk->perform(
          {DiskOperation::Kind::resize, handle.node->name, wanted, {}, false});
    }
    handle.node->temporary.resize(wanted);
    return SQLITE_OK;
  }
  static int sync(sqlite3_file* file, int) {
    Handle& handle = of(file);
    return handle.node->name.empty()
               ? SQLITE_OK
               : handle.disk->perform({DiskOperation::Kind::sync, handle.node->name, 0, {}, false});
  }
  static int file_size(sqlite3_file* file, sqlite3_int64* size) {
    *size = static_cast<sqlite3_int64>(bytes_of(of(file)).size());
    return SQLITE_OK;
  }

  static int lock(sqlite3_file* file, int level) {
    Handle& handle = of(file);
    for (const Handle* other : handle.node->handles) {
      const bool is_in_the_way =
          other != &handle && (level == SQLITE_LOCK_SHARED     ? other->lock > SQLITE_LOCK_RESERVED
                               : level == SQLITE_LOCK_RESERVED ? other->lock >= SQLITE_LOCK_RESERVED
                                                               : other->lock > SQLITE_LOCK_NONE);
      if (is_in_the_way) {
        return SQLITE_BUSY;
      }
    }
    handle.lock = std::max(handle.lock, level);
    return SQLITE_OK;
  }
  static int unlock(sqlite3_file* file, int level) {
    of(file).lock = std::min(of(file).lock, level);
    return SQLITE_OK;
  }
  static int is_reserved(sqlite3_file* file, int* out) {
    const auto& handles = of(file).node->handles;
    *out = std::any_of(handles.begin(), handles.end(),
                       [](const Handle* one) { return one->lock >= SQLITE_LOCK_RESERVED; });
    return SQLITE_OK;
  }
  static int control(sqlite3_file*, int, void*) { return SQLITE_NOTFOUND; }
  static int sector_size(sqlite3_file*) { return 4096; }
  static int characteristics(sqlite3_file*) { return SQLITE_IOCAP_POWERSAFE_OVERWRITE; }

  static int shm_map(sqlite3_file* file, int region, int size, int extend, void volatile** out) {
    auto& memory = of(file).node->shared_memory;
    const auto number = static_cast<std::size_t>(region);
    *out = nullptr;
    if (static_cast<std::size_t>(size) > kShmRegion) {
      return SQLITE_IOERR_SHMSIZE;
    }
    while (extend != 0 && memory.size() <= number) {
      memory.push_back(std::make_unique<std::array<char, kShmRegion>>());
    }
    if (number < memory.size()) {
      *out = memory[number]->data();
    }
    return SQLITE_OK;
  }
  static int shm_lock(sqlite3_file* file, int first, int count, int flags) {
    Handle& handle = of(file);
    const unsigned mask = ((1U << count) - 1U) << first;
    if ((flags & SQLITE_SHM_UNLOCK) != 0) {
      handle.shm_shared &= ~mask;
      handle.shm_exclusive &= ~mask;
      return SQLITE_OK;
    }
    const bool is_exclusive = (flags & SQLITE_SHM_EXCLUSIVE) != 0;
    for (const Handle* other : handle.node->handles) {
      const unsigned taken = other->shm_exclusive | (is_exclusive ? other->shm_shared : 0U);
      if (other != &handle && (taken & mask) != 0) {
        return SQLITE_BUSY;
      }
    }
    (is_exclusive ? handle.shm_exclusive : handle.shm_shared) |= mask;
    return SQLITE_OK;
  }
  static void shm_barrier(sqlite3_file*) {}
  static int shm_unmap(sqlite3_file* file, int remove) {
    of(file).shm_shared = 0;
    of(file).shm_exclusive = 0;
    if (remove != 0) {
      of(file).node->shared_memory.clear();
    }
    return SQLITE_OK;
  }

  static constexpr sqlite3_io_methods kMethods = [] {
    sqlite3_io_methods methods{};
    methods.iVersion = 2;
    methods.xClose = close;
    methods.xRead = read;
    methods.xWrite = write;
    methods.xTruncate = truncate;
    methods.xSync = sync;
    methods.xFileSize = file_size;
    methods.xLock = lock;
    methods.xUnlock = unlock;
    methods.xCheckReservedLock = is_reserved;
    methods.xFileControl = control;
    methods.xSectorSize = sector_size;
    methods.xDeviceCharacteristics = characteristics;
    methods.xShmMap = shm_map;
    methods.xShmLock = shm_lock;
    methods.xShmBarrier = shm_barrier;
    methods.xShmUnmap = shm_unmap;
    return methods;
  }();

  static int open(sqlite3_vfs* vfs, const char* name, sqlite3_file* file, int flags, int* got) {
    PowerDisk& disk = of(vfs);
    file->pMethods = nullptr;
    if (name != nullptr && disk.files_.find(name) == nullptr) {
      if ((flags & SQLITE_OPEN_CREATE) == 0 ||
          disk.perform({DiskOperation::Kind::create, name, 0, {}, false}) != SQLITE_OK) {
        return SQLITE_CANTOPEN;
      }
    }
    auto* const handle = new (static_cast<Handle*>(file)) Handle();
    handle->pMethods = &kMethods;
    handle->disk = &disk;
    handle->node = name == nullptr ? std::make_shared<Node>() : disk.node_of(name);
    handle->node->handles.insert(handle);
    if (got != nullptr) {
      *got = flags;
    }
    return SQLITE_OK;
  }
  static int remove(sqlite3_vfs* vfs, const char* name, int sync_folder) {
    PowerDisk& disk = of(vfs);
    if (disk.files_.find(name) == nullptr) {
      return SQLITE_IOERR_DELETE_NOENT;
    }
    const int code = disk.perform({DiskOperation::Kind::remove, name, 0, {}, sync_folder != 0});
    return code == SQLITE_OK ? SQLITE_OK : SQLITE_IOERR_DELETE;
  }
  static int access(sqlite3_vfs* vfs, const char* name, int, int* out) {
    *out = of(vfs).files_.find(name) != nullptr ? 1 : 0;
    return SQLITE_OK;
  }
  static int full_name(sqlite3_vfs*, const char* name, int size, char* out) {
    sqlite3_snprintf(size, out, "%s", name);
    return SQLITE_OK;
  }

  explicit Vfs(PowerDisk& disk) : sqlite3_vfs() {
    const sqlite3_vfs& real = *sqlite3_vfs_find("unix");
    iVersion = 1;
    szOsFile = sizeof(Handle);
    mxPathname = 512;
    zName = "power disk";
    pAppData = &disk;
    xOpen = open;
    xDelete = remove;
    xAccess = access;
    xFullPathname = full_name;
    xRandomness = real.xRandomness;
    xSleep = real.xSleep;
    xCurrentTime = real.xCurrentTime;
    xGetLastError = real.xGetLastError;
    sqlite3_vfs_register(this, 1);
  }
  ~Vfs() {
    sqlite3_vfs_unregister(this);
    sqlite3_vfs_register(sqlite3_vfs_find("unix"), 1);
  }
  Vfs(const Vfs&) = delete;
  Vfs& operator=(const Vfs&) = delete;
};

PowerDisk::PowerDisk() : vfs_(std::make_unique<Vfs>(*this)) {}

PowerDisk::~PowerDisk() = default;

void PowerDisk::plan(std::uint64_t operation, Fate fate) {
  mend();
  at_ = operation;
  fate_ = fate;
}

void PowerDisk::mend() {
  operations_ = 0;
  at_ = 0;
}

int PowerDisk::perform(const DiskOperation& operation) {
  ++operations_;
  const bool needs_room =
      operation.kind != DiskOperation::Kind::sync && operation.kind != DiskOperation::Kind::remove;
  if (at_ != 0 && fate_ == Fate::io_error && operations_ == at_) {
    return SQLITE_IOERR;
  }
  if (at_ != 0 && fate_ == Fate::full && operations_ >= at_ && needs_room) {
    return SQLITE_FULL;
  }
  if (witness_) {
    witness_(operation);
  }
  files_.perform(operation);
  return SQLITE_OK;
}

std::shared_ptr<PowerDisk::Node> PowerDisk::node_of(const std::string& name) {
  std::shared_ptr<Node>& node = nodes_[name];
  if (node == nullptr) {
    node = std::make_shared<Node>();
    node->name = name;
  }
  return node;
}

void PowerDisk::load(const Image& image) {
  nodes_.clear();
  files_ = DiskFiles(image);
  mend();
}

}  // namespace fleetmeter::test
